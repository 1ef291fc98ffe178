// Answers of one moment, sent one after the other: the first that arrives wakes the other end, and the rest find it awake.

import type { Reply } from './transport.ts';

/** Sends answers at once, or those of a stretch of work at its end. */
export interface Outbox {
  send(deliver: () => void): void;
  /** Does some work, then sends what came of it, in order. */
  together(work: () => void): void;
}

/** An empty outbox. */
export function createOutbox(): Outbox {
  let waiting: (() => void)[] | null = null;
  return {
    send: (deliver) => {
      if (waiting === null) deliver();
      else waiting.push(deliver);
    },
    together: (work) => {
      const collected: (() => void)[] = [];
      waiting = collected;
      try {
        work();
      } finally {
        waiting = null;
        for (const deliver of collected) deliver();
      }
    },
  };
}

/** The same reply, its answer, or its end, sent by way of an outbox. */
export const sentBy = (outbox: Outbox, reply: Reply): Reply => ({
  ...reply,
  send: (answer) => outbox.send(() => reply.send(answer)),
  cut: (how) => outbox.send(() => reply.cut(how)),
});
