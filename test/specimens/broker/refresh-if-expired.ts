// Sick of one thing: tokens are looked at before the call, and a 401 is nothing that could come.

import { broker } from './broker.ts';

export default broker({ isHealable: () => false });
