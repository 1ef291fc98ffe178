// A call that a broker was asked to make, with what went upstream for it; and what its answer says.

import type { BrokerCallReturned, BrokerCallSent } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { isJsonObject } from '../../mocks/http.ts';
import type { Json } from '../../mocks/index.ts';
import { type Attempt, attemptsOf } from './attempts.ts';
import { type BrokerCall, brokerCalls } from './broker-calls.ts';

/** A call from its asking to its answer. */
export interface AskedCall extends BrokerCall {
  /** What went upstream for this account, by this method and path, while the call was open. */
  readonly upstream: readonly Attempt[];
}

/** All that was asked of a broker by one operation, in order. */
export function operationsOf(ledger: Ledger, operation: BrokerCallSent['operation']): readonly BrokerCall[] {
  return brokerCalls(ledger).filter(({ sent }) => sent.operation === operation);
}

/** All calls in the order in which they were asked for. */
export function askedCallsOf(ledger: Ledger): readonly AskedCall[] {
  const upstream = Map.groupBy(
    attemptsOf(ledger).filter(({ opened }) => opened.endpoint === 'resource'),
    keyOfAttempt,
  );
  return operationsOf(ledger, 'call').map(({ sent, returned }) => {
    const own = upstream.get(keyOf(sent.account, sent.method, sent.path)) ?? [];
    const untilSeq = returned?.seq ?? Number.POSITIVE_INFINITY;
    return {
      sent,
      returned,
      upstream: own.filter(({ opened }) => opened.seq > sent.seq && opened.seq < untilSeq),
    };
  });
}

/** What identifies a request: two texts are equal where the requests ask the same of the same. */
export function keyOf(account: string | null, method: string | null, path: string | null): string {
  const [plain = '', search = ''] = (path ?? '').split(/\?(.*)/s);
  const query = [...new URLSearchParams(search)].map(([name, value]) => `${name}=${value}`).sort();
  return JSON.stringify([account, method, decoded(plain), query]);
}

/** The same of a request that was made. */
export function keyOfAttempt({ opened }: Attempt): string {
  return keyOf(opened.meantFor ?? opened.account, opened.method, asWritten(opened.path, opened.query));
}

/** A recorded request’s path with its query string. */
export function asWritten(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** What a broker said of a call that did not do what was asked; null where it said that it did, or nothing that can be read. */
export function errorOf(
  returned: BrokerCallReturned | null,
): { readonly code: string; readonly message: string; readonly retryable: boolean | null } | null {
  const result = returned?.result ?? null;
  if (!isJsonObject(result) || result.ok !== false) return null;
  const error = isJsonObject(result.error) ? result.error : {};
  return {
    code: textOf(error.code),
    message: textOf(error.message),
    retryable: typeof error.retryable === 'boolean' ? error.retryable : null,
  };
}

/** Whether a broker said of a call that it did what was asked. */
export function saidDone(returned: BrokerCallReturned | null): boolean {
  const result = returned?.result ?? null;
  return isJsonObject(result) && result.ok === true;
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
