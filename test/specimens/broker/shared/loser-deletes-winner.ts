// Sick of one thing: a refusal is the end, whatever the store holds by then.

import { broker } from './broker.ts';

export default broker({ mayEnd: () => true });
