// Sick of one thing: it asks a limited endpoint again when it likes.

import { broker } from './broker.ts';

export default broker({ waitMs: () => 1000 });
