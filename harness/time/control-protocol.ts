// The words that the world and the threads of its subjects exchange over their control connections, one JSON line each.

/** The first word of a thread. `thread` is 0 for the main thread; `line` tells siblings apart, such as `0.2`. */
export interface Hello {
  kind: 'hello';
  secret: string;
  party: string;
  line: string;
  pid: number;
  ppid: number;
  thread: number;
}

/** Nothing can run here any more until somebody outside sends something. */
export interface Idle {
  kind: 'idle';
  /** The last `look` this answers. */
  look: number;
  /** The moment that it has reached, in virtual ms. */
  nowMs: number;
  /** Something happened since the report before. */
  stirred: boolean;
  /** When the next timer is due, in virtual ms; null without one. */
  dueMs: number | null;
  /** Nothing holds the event loop: the thread is about to exit. */
  leaving: boolean;
  /** Loopback connections that are new or changed: `[local, remote, read, written, flags]`. */
  changed: [number, number, number, number, number][];
  /** Keys (`local-remote`) of connections that closed. */
  gone: string[];
  /** Pids of living child processes. */
  children: number[];
  /** Ids of living worker threads. */
  threads: number[];
  /** TCP ports it listens on. */
  ports: number[];
}

/** What a thread says. `ok` answers `to` (without `fire`) and `wall`; `opened` tells of a
 * connection before its first byte, `busy` only names what it waits for. `ahead`: a thread that went on by itself has
 * reached that moment, and something is about to leave it. Between `blocked` and `back` it waits for a child with its event
 * loop blocked; `beside` are the pids of its other children. `back` is answered by `to`, and so is `beyond`: it is about to
 * go to a TCP port for the first time, or, with null, to open a channel on which no bytes are counted. */
export type FromParty =
  | Hello
  | Idle
  | { kind: 'ok' }
  | { kind: 'ahead'; nowMs: number }
  | { kind: 'beyond'; port: number | null }
  | { kind: 'opened'; key: string }
  | { kind: 'blocked'; beside: number[] }
  | { kind: 'back' }
  | { kind: 'busy'; names: string[] }
  | { kind: 'reset'; refdTimers: number; dueMs: number | null };

/** What the world says. `to` sets the clock, and with `fire` lets the due timers run, and all that follow before `untilMs`;
 * `at` sets it for whoever is woken by what the world writes next, and is read first; `look` asks for a fresh report;
 * `asleep` asks for nothing and lies there until it wakes. */
export type ToParty =
  | {
      kind: 'welcome';
      startMs: number;
      realStartMs: number;
      nowMs: number;
      wallOffsetMs: number;
      random: string;
    }
  | { kind: 'at'; nowMs: number }
  | { kind: 'to'; nowMs: number; fire: false }
  | { kind: 'to'; nowMs: number; fire: true; untilMs: number }
  | { kind: 'look'; look: number }
  | { kind: 'asleep' }
  | { kind: 'wall'; offsetMs: number }
  | { kind: 'reset'; startMs: number; random: string };

/**
 * Cuts a stream of text into messages; the returned function takes each chunk as it comes.
 * @returns false from the first line on that is no JSON
 */
export function lineReader(onMessage: (message: FromParty) => void): (chunk: string) => boolean {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = parse(line);
      if (message === null) return false;
      onMessage(message);
    }
    return true;
  };
}

function parse(line: string): FromParty | null {
  try {
    return JSON.parse(line) as FromParty | null;
  } catch {
    return null;
  }
}
