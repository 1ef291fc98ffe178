// Sick of one thing: every 403 is a limit to it, which will pass.

import { broker } from './broker.ts';
import { verdictOn } from './verdict.ts';

export default broker({
  verdict: (answer, account) =>
    answer.status === 403
      ? { code: 'RATE_LIMITED', message: 'Try again later.', retryable: true, upstreamStatus: 403 }
      : verdictOn(answer, account),
});
