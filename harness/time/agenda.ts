// What the world itself has planned, in virtual time.
import { addDue, type Entry, removeDue, takeDue } from '../preload/due-queue.js';

export interface Agenda {
  add(dueMs: number, order: string, run: () => void): () => void;
  /** Takes out the first event due by then, and lets it happen; false when there is none. */
  runNext(nowMs: number): boolean;
  nextDueMs(): number | null;
  clear(): void;
}

/** Events of one moment come in the order of `order`, then of adding. */
export function newAgenda(): Agenda {
  const queue: Entry<() => void>[] = [];
  let births = 0;
  return {
    add(dueMs, order, run) {
      births += 1;
      const entry = addDue(queue, dueMs, `${order}\0${String(births).padStart(12, '0')}`, run);
      return () => removeDue(queue, entry);
    },
    runNext(nowMs) {
      const run = takeDue(queue, nowMs);
      run?.();
      return run !== undefined;
    },
    nextDueMs: () => queue[0]?.dueMs ?? null,
    clear() {
      queue.length = 0;
    },
  };
}
