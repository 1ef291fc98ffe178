// Sick of one thing: it goes on with the refresh token of the first day.

import { broker } from './broker.ts';

export default broker({ refreshToken: (_answer, before) => before });
