// Sick of one thing: it ends a grant for a message that anybody could have sent.

import { broker } from './broker.ts';

export default broker({ trusts: async () => true });
