// Sick of one thing: its errors hold the request that failed, header and all.

import { broker } from './broker.ts';
import { verdictOn } from './verdict.ts';

export default broker({
  verdict: (answer, account) => {
    const failure = verdictOn(answer, account);
    return failure && { ...failure, message: `${failure.message} Sent with ${account.accessToken}.` };
  },
});
