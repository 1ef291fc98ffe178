// Sick: a refused call is taken for an empty result.

import { agent } from './overnight.ts';

export default agent({ heal: async () => Response.json({}) });
