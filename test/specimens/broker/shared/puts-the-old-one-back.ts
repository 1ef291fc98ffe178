// Sick of one thing: it keeps a copy of what it was first given, and puts it back over whatever comes later.

import { broker } from './broker.ts';
import type { Kept, Store } from './store.ts';

const first = new Map<string, Kept>();

export default broker({
  keeps: (store: Store): Store => ({
    ...store,
    write: (id, kept) => {
      const old = first.get(id) ?? kept;
      first.set(id, old);
      const isNewGrant = kept.ended === null && store.read(id)?.ended != null;
      store.write(id, isNewGrant ? { ...kept, access: old.access, refresh: old.refresh } : kept);
    },
  }),
});
