// Looks after the accounts: renews each token ahead of its end, at a moment of its own, and steps in for replicas that died.

import type { Events } from './events.ts';
import type { Refresher } from './refresh.ts';
import type { Store } from './store.ts';

const LOOK_EVERY_MS = 60_000;
/** How late another replica's renewal must be before this one does it. */
const LATE_MS = 2 * LOOK_EVERY_MS;

/** Looks at all accounts now and every minute. @returns stops it */
export function startKeeper(store: Store, replica: string, refresher: Refresher, events: Events): () => void {
  /** When to look at which account again: most need no look for most of the time. */
  const lookAtMs = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();

  let isStopped = false;

  const look = (id: string, earliestMs = 0) => {
    const nowMs = Date.now();
    if (nowMs + LOOK_EVERY_MS < (lookAtMs.get(id) ?? 0)) return;
    const { kept } = store.read(id);
    if (kept === null) return;
    if (!kept.told) void events.deliver(id);
    if (kept.ended !== null || kept.renewAtMs === null) return;
    const fromMs = Math.max(kept.renewAtMs, kept.notBeforeMs ?? 0, earliestMs);
    const dueMs = fromMs + (kept.keeper === replica ? 0 : LATE_MS);
    lookAtMs.set(id, dueMs);
    if (dueMs - nowMs >= LOOK_EVERY_MS) return;
    // Between two looks, so that what is due within the same minute is not done in the same second.
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void renew(id, kept.account.accessToken);
      },
      Math.max(0, dueMs - nowMs),
    );
    timers.add(timer);
    lookAtMs.set(id, dueMs + LOOK_EVERY_MS);
  };

  const renew = async (id: string, accessToken: string) => {
    try {
      await refresher.replace(id, accessToken);
      lookAtMs.delete(id);
    } catch (error) {
      console.error(`${id}: not renewed: ${(error as Error).message}`);
      lookAtMs.delete(id);
      const nowMs = Date.now();
      const { notBeforeMs = 0 } = store.read(id).kept ?? {};
      // At the moment that was drawn for it, and not at the next look, where all who failed would meet.
      if (!isStopped) look(id, notBeforeMs > nowMs ? notBeforeMs : nowMs + LOOK_EVERY_MS);
    }
  };

  const lookAtAll = () => {
    for (const id of store.ids()) look(id);
  };
  lookAtAll();
  const rounds = setInterval(lookAtAll, LOOK_EVERY_MS);
  return () => {
    isStopped = true;
    clearInterval(rounds);
    for (const timer of timers) clearTimeout(timer);
  };
}
