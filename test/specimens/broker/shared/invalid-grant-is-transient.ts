// Sick of one thing: no answer ever ends a grant; it tries again, and again.

import { broker } from './broker.ts';

export default broker({ isEnd: () => false });
