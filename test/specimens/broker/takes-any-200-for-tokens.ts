// Sick of one thing: a status of 200 at a token endpoint is taken for tokens, and GitHub refuses with one.

import { broker } from './broker.ts';

export default broker({ grants: ({ status }) => status === 200 });
