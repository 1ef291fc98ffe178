// Sick: trouble is never spoken of, neither in the log, nor in an event, nor in the claim.

import { agent } from './overnight.ts';

export default agent({ admits: () => false });
