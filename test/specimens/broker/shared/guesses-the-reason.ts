// Sick of one thing: it says why a grant is over, and does not know.

import { broker } from './broker.ts';

export default broker({ reasonOf: () => 'expired' });
