// Healthy: refreshes what is about to expire, heals a 401 once, writes rows bare where it must, and names them.

import { agent } from './overnight.ts';

export default agent();
