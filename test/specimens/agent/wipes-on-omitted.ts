// Sick: what an answer does not bring is no longer there, the refresh token too.

import { agent } from './overnight.ts';

export default agent({ keepRefreshToken: (answer) => answer.refresh_token ?? '' });
