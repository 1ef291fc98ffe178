// What the ledger holds: one union of plain records, the truth side and the subject's side together.

import type { Endpoint, Json, Policy, Refusal } from '../mocks/index.ts';
import type { Reading } from './subjects/tool/envelope.ts';
import type { ToolStep } from './subjects/tool/steps.ts';

/** The first line of a ledger: what is needed to make the same one again. */
export interface WorldLine {
  readonly kind: 'world';
  readonly schema: 'hour4/ledger@1';
  readonly seed: number;
  /** RFC 3339, the moment 0. */
  readonly start: string;
  readonly mode: 'exact' | 'compressed' | 'real' | 'hand';
  /** By which every duration was divided for the run; absent where time was true. What the ledger tells is true again. */
  readonly timeFactor?: number;
  /** Virtual ms for which hour4 itself stood still while the subject went on; absent = not for long enough to matter. */
  readonly stoodStillMs?: number;
  readonly scenario: string;
  readonly variant: string | null;
  /** Virtual ms since start at which the job ends. */
  readonly untilMs: number;
  /** The accounts of this world, without their secrets. */
  readonly accounts: readonly WorldAccount[];
  /** Whether the subject runs as on a build machine, with `CI=true`; absent = it does not. */
  readonly ci?: true;
  /** How services are reached where the network has a proxy that the subject's variables name; absent = it has none. */
  readonly reached?: { readonly direct: readonly string[]; readonly byProxy: readonly string[] };
}

/** An account as the ledger knows it. */
export interface WorldAccount {
  readonly id: string;
  readonly service: string;
  readonly tenant: string;
  /** Whether its token answers state a lifetime, and a true one. */
  readonly statesLifetime: boolean;
  /** Whether each use of its refresh token replaces it, and for how long the old one is still honoured. */
  readonly rotates: boolean;
  readonly graceMs: number;
  readonly reuse: Policy['reuse'];
  /** Whose it is where it is a person's own; absent = a service's. */
  readonly owner?: 'personal';
  /** How long its refresh token may be unused; absent = for ever. */
  readonly refreshIdleMs?: number;
}

/** What is common to all entries. */
interface Common {
  readonly seq: number;
  /** Integer virtual ms since start. */
  readonly at: number;
  /** Who did it, or whom it concerns: a party's name, or `world`. */
  readonly party: string;
}

/** What an exchange's entries share. Tokens are named by id (`<account>/at-3`), never by value. */
interface OfExchange extends Common {
  /** `x-1`, `x-2`, ... in the order in which the requests were admitted. */
  readonly exchange: string;
  readonly service: string;
  readonly endpoint: Endpoint;
  readonly route: string;
  readonly effect: 'read' | 'write';
  /** Whose token came along; null when no known token did. */
  readonly account: string | null;
  /** For which account the caller meant it, where that is known. */
  readonly meantFor: string | null;
  /** The presented token's id; null when none came, `unminted` when nobody minted it. */
  readonly token: string | null;
}

/** A request was admitted. */
export interface ExchangeOpened extends OfExchange {
  readonly kind: 'exchange.opened';
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The body with every secret replaced by its id: JSON where it is JSON. Token requests keep only `grant_type`. */
  readonly body: Json;
  /** The base URL under which it came in by interception; absent = the service was called where it listens. */
  readonly via?: string;
}

/** An answer left the server. */
export interface ExchangeAnswered extends OfExchange {
  readonly kind: 'exchange.answered';
  readonly status: number;
  /** `ok`, or why the server refused in truth, whatever it said. `fault` when a fault made the answer. */
  readonly truth: 'ok' | 'fault' | Refusal;
  /** Whether the engine saw the request: its effects stand even if the answer is a fault's. */
  readonly committed: boolean;
  readonly body: Json;
  /** The wait that the answer demanded, from its `Retry-After`; null without one. */
  readonly retryAfterMs: number | null;
}

/** No answer arrived. */
export interface ExchangeLost extends OfExchange {
  readonly kind: 'exchange.lost';
  readonly truth: 'ok' | 'fault' | Refusal;
  readonly committed: boolean;
  readonly by: 'subject' | 'fault';
}

interface OfToken extends Common {
  readonly service: string;
  readonly account: string;
  readonly token: string;
  /** The exchange that caused it; null for acts and for time. */
  readonly exchange: string | null;
}

/** One record of the ledger. */
export type Entry =
  | ExchangeOpened
  | ExchangeAnswered
  | ExchangeLost
  | (OfToken & {
      readonly kind: 'token.minted';
      readonly tokenKind: 'access' | 'refresh';
      /** Virtual ms; null = never. */
      readonly expiresAt: number | null;
    })
  | (OfToken & { readonly kind: 'token.rotated'; readonly successor: string })
  | (OfToken & { readonly kind: 'token.refused'; readonly truth: Refusal })
  | (OfToken & { readonly kind: 'token.revoked'; readonly truth: Refusal })
  | (OfToken & { readonly kind: 'token.evicted'; readonly truth: Refusal })
  | (OfToken & { readonly kind: 'token.expired' })
  | (Common & {
      readonly kind: 'fault.applied';
      readonly fault: string;
      /** Null where it met a connection, on which there was no exchange yet. */
      readonly exchange: string | null;
      /** The service whose host the connection was to. */
      readonly service?: string;
    })
  | (Common & { readonly kind: 'gate.held'; readonly gate: string; readonly exchange: string })
  | (Common & {
      readonly kind: 'gate.released';
      readonly gate: string;
      readonly exchange: string;
      readonly reason: 'arrived' | 'nothing-else-comes' | 'gave-up' | 'asked';
    })
  | (Common & {
      readonly kind: 'act';
      readonly act: string;
      readonly service: string;
      readonly account: string;
    })
  /** By interception a host was asked for that no service claims; `chained` = it was handed to the subject's own proxy. */
  | (Common & { readonly kind: 'host.unclaimed'; readonly host: string; readonly chained: boolean })
  /**
   * A service told the subject of something; `delivery` is `w-1`, `w-2`, ... Forged = somebody else did in its name, with a
   * wrong signature, and nothing of it is true.
   */
  | (Common & {
      readonly kind: 'webhook.sent';
      readonly delivery: string;
      readonly service: string;
      readonly account: string;
      readonly event: string;
      readonly forged?: true;
    })
  /** The subject's answer to it; null where there was none. */
  | (Common & {
      readonly kind: 'webhook.answered';
      readonly delivery: string;
      readonly service: string;
      readonly account: string;
      readonly status: number | null;
    })
  /** The store was hit, or mended. */
  | (Common & { readonly kind: 'blow'; readonly store: string })
  | (Common & { readonly kind: 'process.started'; readonly resume: boolean })
  | (Common & { readonly kind: 'process.ready' | 'process.paused' | 'process.resumed' })
  | (Common & {
      readonly kind: 'process.exited';
      readonly code: number | null;
      readonly signal: string | null;
    })
  | (Common & { readonly kind: 'process.killed'; readonly reason: string })
  /** From now on the wall clock of the party is that far ahead of the world's; below 0 = behind. */
  | (Common & { readonly kind: 'clock.skewed'; readonly skewMs: number })
  | BrokerCallSent
  | BrokerCallReturned
  | ToolCallSent
  | ToolCallReturned
  /** A step that could not be arranged. */
  | (Common & { readonly kind: 'call.skipped'; readonly step: ToolStep; readonly reason: string })
  | (Common & { readonly kind: 'event.received'; readonly event: Json; readonly via: 'http' | 'stdout' })
  | (Common & { readonly kind: 'claim'; readonly claim: Claim; readonly from: 'json' | 'exit-code' })
  | (Common & {
      readonly kind: 'sink';
      readonly service: string;
      readonly account: string;
      readonly exchange: string;
      readonly place: string;
      readonly cells: Readonly<Record<string, string>>;
    })
  /** The subject's own folder was looked through for keys before the start. */
  | (Common & { readonly kind: 'folder.searched'; readonly keys: readonly KeyFound[] })
  | (Common & {
      readonly kind: 'leak';
      /**
       * `stdout`, `stderr`, `event`, `url`, `body`, `file`, `answer`: in what a broker answered, or `other-host`: sent to
       * a service that did not mint it.
       */
      readonly place: string;
      readonly token: string;
    });

/** Something in a file that looks like a real key; the key itself is not told. */
export interface KeyFound {
  /** Below the subject's folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What it looks like, in the words of the rule that found it. */
  readonly looksLike: string;
}

/** What hour4 asks of a broker. */
export type BrokerOperation = 'connect' | 'call' | 'token' | 'status' | 'audit';

/** Something was asked of a broker; `party` is the replica that was asked. */
export interface BrokerCallSent extends Common {
  readonly kind: 'call.sent';
  readonly operation: BrokerOperation;
  /** `c-1`, `c-2`, ... for calls of the workload; other operations have ids of their own. */
  readonly call: string;
  /** Null where it concerns no single account. */
  readonly account: string | null;
  /** What is to be asked upstream; null for operations other than `call`. */
  readonly method: string | null;
  readonly path: string | null;
  readonly body: Json;
  /** In whose name and for what it was asked. */
  readonly agent: string | null;
  readonly task: string | null;
}

/** What came of it. */
export interface BrokerCallReturned extends Common {
  readonly kind: 'call.returned';
  readonly operation: BrokerOperation;
  readonly call: string;
  readonly account: string | null;
  /** The HTTP status of the broker's own answer; null when there was none. */
  readonly status: number | null;
  /** The body of the answer with every secret replaced by its id. */
  readonly result: Json;
  /** Why there was no answer, or none that could be read; null when there was one. */
  readonly failure: string | null;
}

/** A tool was started for a step. */
export interface ToolCallSent extends Common {
  readonly kind: 'call.sent';
  readonly step: ToolStep;
  /** Its name and its arguments. */
  readonly argv: readonly string[];
  /** The access token in its variables, and the virtual ms at which that is over; null = never. */
  readonly token: string;
  readonly expiresAt: number | null;
}

/** A tool came back. */
export interface ToolCallReturned extends Common, Returned {
  readonly kind: 'call.returned';
  readonly step: ToolStep;
}

/** How a tool came back from a call. */
export interface Returned {
  /** Null when it did not exit by itself. */
  readonly exitCode: number | null;
  /** Why not: the signal of which it died, why it was ended, or why it could not be started. */
  readonly otherwise: string | null;
  readonly reading: Reading;
}

/** An entry still without its number and moment; it may have a place for them, of whatever value. */
export type Draft = Entry extends infer E
  ? E extends Entry
    ? Omit<E, 'seq' | 'at'> & Partial<Pick<E, 'seq' | 'at'>>
    : never
  : never;

/** One entry of a kind. */
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** What a subject says of its own run. */
export interface Claim {
  readonly status: 'completed' | 'partial' | 'paused' | 'failed';
  readonly counts?: { readonly rows?: number };
  readonly skipped?: readonly {
    readonly account?: string;
    readonly item?: string;
    readonly reason: string;
  }[];
  readonly reauth?: readonly {
    readonly account: string;
    readonly reason: string;
    readonly reauth_url?: string;
  }[];
  readonly error?: ErrorObject;
}

/** The error object of challenge 53. */
export interface ErrorObject {
  readonly code: string;
  readonly message: string;
  readonly expired?: boolean;
  readonly expired_at?: string;
  readonly retryable?: boolean;
  readonly reauth_command?: string;
  readonly reauth_env_var?: string;
}
