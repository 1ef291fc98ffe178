// Sick of one thing: an answer that is no JSON is the end of the grant to it.

import { broker } from './broker.ts';
import { CAREFUL } from './habits.ts';

export default broker({ isEnd: (answer) => answer?.body === null || CAREFUL.isEnd(answer) });
