// Sick of one thing: every refusal is an expiry to it.

import { broker } from './broker.ts';
import { verdictOn } from './verdict.ts';

export default broker({
  verdict: (answer, account) => {
    const failure = verdictOn(answer, account);
    return failure?.code === 'PERMISSION_DENIED'
      ? { ...failure, code: 'CREDENTIALS_EXPIRED', message: 'The credential expired.' }
      : failure;
  },
});
