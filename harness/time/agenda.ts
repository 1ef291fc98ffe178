// What the world itself has planned, in virtual time.
import { addDue, type Entry, removeDue, takeDue } from '../preload/due-queue.js';

/** Whom an event may reach: nobody but the world, a caller who waits for its answer, or whoever it may be. */
export type Reach = 'nobody' | 'caller' | 'anybody';

export interface Agenda {
  add(dueMs: number, order: string, run: () => void, reach?: Reach): () => void;
  /** Takes out the first event due by then, and lets it happen; false when there is none. */
  runNext(nowMs: number): boolean;
  nextDueMs(): number | null;
  /** Whom what happens first, if it is due by then, may reach. */
  reach(nowMs: number): Reach;
  clear(): void;
}

/** Events of one moment come in the order of `order`, then of adding. */
export function newAgenda(): Agenda {
  const queue: Entry<{ run: () => void; reach: Reach }>[] = [];
  let births = 0;
  return {
    add(dueMs, order, run, reach = 'anybody') {
      births += 1;
      const entry = addDue(queue, dueMs, `${order}\0${String(births).padStart(12, '0')}`, { run, reach });
      return () => removeDue(queue, entry);
    },
    runNext(nowMs) {
      const event = takeDue(queue, nowMs);
      event?.run();
      return event !== undefined;
    },
    nextDueMs: () => queue[0]?.dueMs ?? null,
    reach: (nowMs) => (queue[0] !== undefined && queue[0].dueMs <= nowMs ? queue[0].item.reach : 'nobody'),
    clear() {
      queue.length = 0;
    },
  };
}
