// Sick: the refresh token of the start is kept for ever, whatever the answers bring.

import { agent } from './overnight.ts';

export default agent({ keepRefreshToken: (_answer, before) => before });
