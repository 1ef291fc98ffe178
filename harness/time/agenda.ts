// What the world itself has planned, in virtual time.
import { addDue, type Entry, removeDue, takeDue } from '../preload/due-queue.js';

export interface Agenda {
  add(dueMs: number, order: string, run: () => void, mayReach?: boolean): () => void;
  /** Takes out the first event due by then, and lets it happen; false when there is none. */
  runNext(nowMs: number): boolean;
  nextDueMs(): number | null;
  /** Whether what happens first, if it is due by then, may reach somebody who did not ask for it. */
  mayReach(nowMs: number): boolean;
  clear(): void;
}

/** Events of one moment come in the order of `order`, then of adding. */
export function newAgenda(): Agenda {
  const queue: Entry<{ run: () => void; mayReach: boolean }>[] = [];
  let births = 0;
  return {
    add(dueMs, order, run, mayReach = true) {
      births += 1;
      const entry = addDue(queue, dueMs, `${order}\0${String(births).padStart(12, '0')}`, { run, mayReach });
      return () => removeDue(queue, entry);
    },
    runNext(nowMs) {
      const event = takeDue(queue, nowMs);
      event?.run();
      return event !== undefined;
    },
    nextDueMs: () => queue[0]?.dueMs ?? null,
    mayReach: (nowMs) => queue[0] !== undefined && queue[0].dueMs <= nowMs && queue[0].item.mayReach,
    clear() {
      queue.length = 0;
    },
  };
}
