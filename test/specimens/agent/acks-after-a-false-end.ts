// Sick: calls that meet the same expiry refresh each for itself, and whoever comes second takes the refusal for the end and is
// silent about the work.

import { agent } from './overnight.ts';

export default agent({
  refresh: (_connection, exchange) => exchange(),
  admits: () => false,
});
