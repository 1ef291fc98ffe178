// Sick of one thing: new tokens are written once a call has worked with them.

import { broker } from './broker.ts';

export default broker({ persists: 'after-use' });
