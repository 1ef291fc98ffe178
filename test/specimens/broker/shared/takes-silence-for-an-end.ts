// Sick of one thing: a refresh without an answer is the end of the grant to it, though the old token may still work.

import { broker } from './broker.ts';
import { CAREFUL } from './habits.ts';

export default broker({ isEnd: (answer) => answer === null || CAREFUL.isEnd(answer) });
