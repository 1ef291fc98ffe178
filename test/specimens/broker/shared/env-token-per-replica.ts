// Sick of one thing: each replica goes on with the tokens that it read at first.

import { broker } from './broker.ts';

export default broker({ reads: 'own-copy' });
