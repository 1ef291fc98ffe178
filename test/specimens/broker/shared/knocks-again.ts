// Sick of one thing: what is over is tried again at every call.

import { broker } from './broker.ts';

export default broker({ isLeftAlone: () => false });
