// Sick: it forgets in every round that the grant was refused for good.

import { agent } from './overnight.ts';

export default agent({ bury: () => {} });
