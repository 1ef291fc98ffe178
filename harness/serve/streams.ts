// The ledger as server-sent events: every reader at its own pace, resumable from the number where it was cut off.

import type { ServerResponse } from 'node:http';
import type { Entry } from '../entry.ts';
import { entryLine } from './ledger-since.ts';

/** The readers of the ledger that wait for more. */
export interface Streams {
  /** Starts a stream after entry `since`; false when there are as many readers as there may be. */
  open(outgoing: ServerResponse, since: number): boolean;
  /** Sends what the ledger has gained. */
  flush(): void;
  close(): void;
}

interface Reader {
  readonly outgoing: ServerResponse;
  /** The ledger it reads; another one means that the world has begun anew. */
  entries: readonly Entry[];
  sent: number;
  /** Whether its connection is full: the ledger itself is what waits for it. */
  full: boolean;
}

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};
const RESET = 'event: reset\nid: 0\ndata: {}\n\n';

/** No readers yet; `entriesNow` gives the ledger's entries, each at the place of its number less one. */
export function createStreams(entriesNow: () => readonly Entry[], readersMax: number): Streams {
  const readers = new Set<Reader>();

  const send = (reader: Reader) => {
    if (reader.entries !== entriesNow()) beginAnew(reader);
    while (!reader.full && reader.sent < reader.entries.length) {
      const entry = reader.entries[reader.sent] as Entry;
      reader.sent++;
      reader.full = !reader.outgoing.write(`id: ${entry.seq}\ndata: ${entryLine(entry)}\n\n`);
    }
  };

  const beginAnew = (reader: Reader) => {
    reader.entries = entriesNow();
    reader.sent = 0;
    reader.outgoing.write(RESET);
  };

  return {
    open: (outgoing, since) => {
      if (readers.size >= readersMax) return false;
      const reader: Reader = { outgoing, entries: entriesNow(), sent: since, full: false };
      readers.add(reader);
      outgoing.on('close', () => readers.delete(reader));
      outgoing.on('drain', () => {
        reader.full = false;
        send(reader);
      });
      outgoing.writeHead(200, HEADERS);
      outgoing.write('retry: 1000\n\n');
      // Who has read further than there is anything has read in a world that is gone.
      if (since > reader.entries.length) beginAnew(reader);
      send(reader);
      return true;
    },
    flush: () => readers.forEach(send),
    close: () => readers.forEach(({ outgoing }) => void outgoing.end()),
  };
}
