// Sick: calls that meet the same expiry refresh each for itself.

import { agent } from './overnight.ts';

export default agent({ refresh: (_connection, exchange) => exchange() });
