// Sick of one thing: it keeps no refresh token, and asks for another grant whenever a token is over.

import { broker } from './broker.ts';

export default broker({ keepRefreshToken: () => '' });
