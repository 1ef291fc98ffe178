// Sick of one thing: whatever the token endpoint refuses, a user is asked to consent again.

import { broker } from './broker.ts';

export default broker({ isOver: (error) => error !== undefined });
