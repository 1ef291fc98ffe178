// For which account a request was meant: a broker's own call carries a mark, or a path that no other account's call has.

import type { Request } from '../../mocks/index.ts';

/** The header that hour4 puts into the headers of a call, and takes out again before anything is recorded. */
export const CALL_HEADER = 'x-hour4-call';

/** A call that a broker was asked to make. */
export interface Intent {
  readonly call: string;
  readonly account: string;
  readonly method: string;
  /** With its query string. */
  readonly path: string;
}

/** The calls that were asked for so far. */
export interface Intents {
  add(intent: Intent): void;
  /** The account that a request was meant for; null when nothing tells. */
  accountOf(request: Request): string | null;
}

/** Nothing was asked for yet. */
export function createIntents(): Intents {
  const byCall = new Map<string, string>();
  /** Null where several accounts were asked for the same. */
  const byPath = new Map<string, string | null>();
  return {
    add: ({ call, account, method, path }) => {
      byCall.set(call, account);
      const key = `${method} ${path}`;
      byPath.set(key, (byPath.get(key) ?? account) === account && byPath.get(key) !== null ? account : null);
    },
    accountOf: ({ method, path, query, headers }) => {
      if (byCall.size === 0) return null;
      const marked = byCall.get(headers[CALL_HEADER] ?? '');
      if (marked !== undefined) return marked;
      const search = new URLSearchParams(query).toString();
      return byPath.get(`${method} ${search === '' ? path : `${path}?${search}`}`) ?? null;
    },
  };
}

/** The request as the service sees it. */
export function withoutMark(request: Request): Request {
  if (request.headers[CALL_HEADER] === undefined) return request;
  const { [CALL_HEADER]: _mark, ...headers } = request.headers;
  return { ...request, headers };
}
