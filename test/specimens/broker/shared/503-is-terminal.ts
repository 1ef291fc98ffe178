// Sick of one thing: every answer but a success ends the grant.

import { broker } from './broker.ts';

export default broker({ isEnd: (answer) => answer?.status !== 200 });
