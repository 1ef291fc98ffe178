// Sick of one thing: its lock lasts five seconds, whatever the refresh takes.

import { broker } from './broker.ts';

export default broker({ leaseMs: 5000 });
