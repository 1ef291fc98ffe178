// Sick: the wrapper of the tool answers null where the call was refused.

import { agent } from './overnight.ts';

export default agent({ heal: async () => Response.json(null) });
