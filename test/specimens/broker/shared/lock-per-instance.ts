// Sick of one thing: each replica has a lock of its own.

import { broker } from './broker.ts';
import { takeLock } from './lock.ts';

export default broker({
  take: (root, name, leaseMs) => takeLock(root, `${name}-${process.env.HOUR4_REPLICA}`, leaseMs),
});
