// Sick: what was skipped is not in the claim, which says that all is done.

import { agent } from './overnight.ts';

export default agent({ say: ({ counts = {} }) => ({ status: 'completed', counts }) });
