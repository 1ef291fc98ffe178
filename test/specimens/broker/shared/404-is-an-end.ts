// Sick of one thing: nobody but the one who refreshes knows of it, and whoever comes second is signed out by the refusal.

import { broker } from './broker.ts';

export default broker({
  take: () => ({ release() {} }),
  mayEnd: () => true,
  isEnd: (answer) => answer !== null && answer.status >= 400 && answer.status < 500 && answer.status !== 429,
});
