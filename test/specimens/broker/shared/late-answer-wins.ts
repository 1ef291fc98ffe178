// Sick of one thing: an answer is written when it comes, whatever the store holds by then.

import { broker } from './broker.ts';

export default broker({ mayWrite: () => true });
