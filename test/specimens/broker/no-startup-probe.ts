// Sick of one thing: it takes work without having tried its client credentials.

import { broker } from './broker.ts';

export default broker({ probe: async () => {} });
