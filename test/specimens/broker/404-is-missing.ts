// Sick of one thing: what it cannot see does not exist.

import { broker } from './broker.ts';
import { verdictOn } from './verdict.ts';

export default broker({
  verdict: (answer, account) =>
    answer.status === 404
      ? { code: 'NOT_FOUND', message: 'It does not exist.', retryable: false, upstreamStatus: 404 }
      : verdictOn(answer, account),
});
