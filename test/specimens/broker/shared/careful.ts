// Healthy: one refresh over all replicas, ahead of the end; what is newer is never overwritten; trouble is waited out.

import { broker } from './broker.ts';

export default broker();
