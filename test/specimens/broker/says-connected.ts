// Sick of one thing: asked for the state of an account, it says that it is connected, whatever became of its grant.

import { broker } from './broker.ts';

export default broker({ stateOf: () => 'active' });
