// Sick of one thing: what an answer leaves out, it wipes.

import { broker } from './broker.ts';

export default broker({ refreshToken: (answer) => answer.body?.refresh_token });
