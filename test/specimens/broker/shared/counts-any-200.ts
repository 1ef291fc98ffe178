// Sick of one thing: a status of 200 is taken for a yes, whatever the body says.

import { verdictOn } from '../verdict.ts';
import { broker } from './broker.ts';

export default broker({
  verdict: (answer, account) => (answer.status === 200 ? null : verdictOn(answer, account)),
});
