// Sick of one thing: one lock serves all accounts.

import { broker } from './broker.ts';

export default broker({ lockName: () => 'all' });
