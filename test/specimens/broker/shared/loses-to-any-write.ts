// Sick of one thing: new tokens are dropped if anything in the row has changed meanwhile, and each call counts in the row.

import { broker } from './broker.ts';
import { takeLock } from './lock.ts';
import { type Kept, openStore } from './store.ts';

/** The rows as they were when their refresh began. */
const before = new Map<string, string>();

export default async (env: NodeJS.ProcessEnv) => {
  const store = openStore(env.HOUR4_STORE ?? '');
  const rowOf = (id: string) => JSON.stringify(store.read(id));
  const made = await broker({
    take: (root, name, leaseMs) => {
      before.set(name, rowOf(name));
      return takeLock(root, name, leaseMs);
    },
    mayWrite: ({ account }) => rowOf(account.id) === before.get(account.id),
  })(env);
  return {
    ...made,
    call: async (id: string, wish: Parameters<typeof made.call>[1]) => {
      const kept = store.read(id) as (Kept & { readonly calls?: number }) | null;
      if (kept !== null) store.write(id, { ...kept, calls: (kept.calls ?? 0) + 1 } as Kept);
      return made.call(id, wish);
    },
  };
};
