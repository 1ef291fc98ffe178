// What became of one request: the answer for the wire, and the truth for the record.

import type { Effect } from './grant.ts';
import type { Answer } from './http.ts';
import type { Refusal } from './refusals.ts';
import type { Write } from './service.ts';

/** Which part of a service a request went to. */
export type Endpoint = 'token' | 'revoke' | 'authorize' | 'resource';

/** What can be said of a request before anything is changed: enough to order, gate, and fault it. */
export interface Identified extends Named {
  /** The fields of a token or revocation request as the service reads them; none of other requests. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a request was and whose. */
interface Named {
  readonly endpoint: Endpoint;
  /** `token`, `revoke`, `authorize`, a route's id, or `unmodelled`. */
  readonly route: string;
  readonly effect: 'read' | 'write';
  /** The account whose token was presented; null when no known token came along. */
  readonly account: string | null;
  /** The id of the presented token; null when none came, `unminted` when nobody minted it. */
  readonly token: string | null;
}

/** One handled request. */
export interface Exchange extends Named {
  readonly answer: Answer;
  /** `ok`, or why the request was refused in truth, whatever the answer says. */
  readonly truth: 'ok' | Refusal;
  /** The wire row that gave the answer; null for answers that are not refusals. */
  readonly row: string | null;
  readonly effects: readonly Effect[];
  readonly writes: readonly Write[];
}
