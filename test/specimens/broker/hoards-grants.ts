// Sick of one thing: it never refreshes, and asks for another grant whenever a token is over.

import { broker } from './broker.ts';

export default broker({ isOver: () => true, keepRefreshToken: () => '' });
