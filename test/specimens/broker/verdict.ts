// What an answer of a service means: for whom it is a matter, and whether trying again helps.

import type { Account } from '../../../mocks/index.ts';

/** What came back from a service. */
export interface Upstream {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Why a call did not do what was asked. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly upstreamStatus?: number;
  readonly retryAfterMs?: number;
}

/** Null when the service did what was asked. */
export function verdictOn(answer: Upstream, { id, service, scopes }: Account): Failure | null {
  const { status, headers } = answer;
  const about = { retryable: false, upstreamStatus: status };
  const waitMs = retryAfterMs(headers);
  if (
    status === 429 ||
    (status === 403 && (waitMs !== null || headers.get('x-ratelimit-remaining') === '0'))
  ) {
    const limited = { code: 'RATE_LIMITED', message: `${service} limits calls.`, upstreamStatus: status };
    return { ...limited, retryable: true, ...(waitMs === null ? {} : { retryAfterMs: waitMs }) };
  }
  if (status >= 500)
    return { ...about, code: 'UPSTREAM_UNAVAILABLE', message: `${service} has trouble.`, retryable: true };
  if (status === 404)
    return {
      ...about,
      code: 'NOT_FOUND',
      message: `${service} does not show this to ${id}: it is missing, or another account's.`,
    };
  if (status === 401 || status === 403 || deniedInside(answer.body))
    return {
      ...about,
      code: 'PERMISSION_DENIED',
      message: `${id} may not, with the scopes ${scopes.join(' ')}.`,
    };
  if (status >= 300 || saysNo(answer.body))
    return { ...about, code: 'BAD_REQUEST', message: `${service} said no with ${status}.` };
  return null;
}

/** The wait that an answer demands, in ms; null where it demands none. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

// Slack's words for a dead token come with a 200.
const TOKEN_ERRORS: ReadonlySet<unknown> = new Set(['token_revoked', 'token_expired', 'invalid_auth']);

/** Whether it is the token that the service does not take. */
export function refusesToken({ status, body }: Upstream): boolean {
  const { ok, error } = (body ?? {}) as { ok?: unknown; error?: unknown };
  return status === 401 || (ok === false && TOKEN_ERRORS.has(error));
}

// Slack's and GraphQL's words for what a live token may not.
const DENIALS: ReadonlySet<unknown> = new Set(['missing_scope', 'ACCESS_DENIED', 'FORBIDDEN']);

/** Whether it is the consent that does not cover this, said in a 200. */
function deniedInside(body: unknown): boolean {
  const { error, errors } = (body ?? {}) as { error?: unknown; errors?: unknown };
  const told = Array.isArray(errors) ? (errors as { extensions?: { code?: unknown } }[]) : [];
  return DENIALS.has(error) || told.some(({ extensions }) => DENIALS.has(extensions?.code));
}

// Some services say "OK" over HTTP and "no" in the body.
function saysNo(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { ok, errors } = body as { ok?: unknown; errors?: unknown };
  return ok === false || (Array.isArray(errors) && errors.length > 0);
}
