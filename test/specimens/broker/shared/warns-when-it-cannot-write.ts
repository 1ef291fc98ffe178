// Sick of one thing: tokens that cannot be written are worth a warning, and it goes on with them in memory.

import { broker } from './broker.ts';
import type { Kept, Store } from './store.ts';

/** What could not be written. */
const unwritten = new Map<string, Kept>();

export default broker({
  take: () => ({ release() {} }),
  keeps: (store: Store): Store => ({
    ...store,
    read: (id) => unwritten.get(id) ?? store.read(id),
    write: (id, kept) => {
      try {
        store.write(id, kept);
        unwritten.delete(id);
      } catch (error) {
        console.warn(`${id}: not saved: ${(error as Error).message}`);
        unwritten.set(id, kept);
      }
    },
  }),
});
