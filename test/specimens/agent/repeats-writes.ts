// Sick: rows of which nobody knows whether they were written are written again.

import { agent } from './overnight.ts';

export default agent({ looksFirst: () => false });
