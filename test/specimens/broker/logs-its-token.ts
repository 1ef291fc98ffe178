// Sick of one thing: it prints what it sends, the token included.

import { broker } from './broker.ts';

export default broker({ line: ({ account, access }, status) => `${account.id} ${access} ${status}` });
