// Sick: the header is made once, with the token of the start, and no refresh ever reaches it.

import { agent } from './overnight.ts';

export default agent({ present: (_connection, atStart) => atStart });
