// One call on behalf of an account. The caller gets the answer, or a code to act on; it never sees a token.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, endOf, type Kept } from './account.ts';
import type { Audit } from './audit.ts';
import type { Barred } from './barred.ts';
import type { Refresher } from './refresh.ts';
import { type Answer, send } from './request.ts';
import type { Store } from './store.ts';
import { Trouble } from './trouble.ts';

/** A call as it is asked for. */
export interface Wish {
  readonly method: string;
  /** Below the account's own API, beginning with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly task?: string;
  readonly agent?: string;
}

/** A token that has less than this left is not sent: it could die on its way. */
const MARGIN_MS = 60_000;

/** So long a refusal may mean that the token is too new, and the waits before it is sent again. */
const NEW_TOKEN_MS = 10_000;
const NEW_TOKEN_WAITS_MS = [1000, 3000];

export type Call = (id: string, wish: Wish) => Promise<{ readonly status: number; readonly body: unknown }>;

/** @returns a function that throws Trouble for everything that did not do what was asked */
export function createCall(store: Store, refresher: Refresher, barred: Barred, audit: Audit): Call {
  const outbound = async ({ account }: Kept, wish: Wish): Promise<Answer> => {
    const { method, path, agent = null, task = null } = wish;
    const at = new Date().toISOString();
    const answer = await send(`${account.apiUrl}${path}`, requestOf(account, wish));
    const { host } = new URL(account.apiUrl);
    audit.log({ at, account: account.id, agent, task, host, method, path, status: answer?.status ?? null });
    if (answer === null)
      throw new Trouble('UPSTREAM_UNAVAILABLE', `${account.service} gave no answer.`, {
        retryable: method === 'GET',
      });
    return answer;
  };

  return async (id, wish) => {
    if (!wish.path?.startsWith('/')) throw new Trouble('BAD_REQUEST', 'The path must begin with a slash.');
    let { kept } = store.read(id);
    if (kept === null) throw new Trouble('NOT_FOUND', `There is no account ${id}.`);
    if (kept.ended === null && endOf(kept.account) - Date.now() < MARGIN_MS)
      kept = await replaceAhead(refresher, kept);
    if (kept.ended !== null) throw consentNeeded(kept);
    let answer = await outbound(kept, wish);
    const what = `${wish.method} ${wish.path.split('?')[0]}`;
    if (refusesToken(answer) && !barred.has(id, what)) {
      // Refused before its stated end: the one thing that helps is another token, and it helps once.
      if (!isNew(kept)) {
        kept = await refresher.replace(id, kept.account.accessToken);
        if (kept.ended !== null) throw consentNeeded(kept);
        answer = await outbound(kept, wish);
      }
      // Not every server knows a new token at once, and says of it what it says of a dead one.
      for (const waitMs of NEW_TOKEN_WAITS_MS) {
        if (!refusesToken(answer)) break;
        await sleep(waitMs);
        answer = await outbound(kept, wish);
      }
      if (refusesToken(answer)) barred.add(id, what);
    }
    mustHaveWorked(answer, kept.account);
    return { status: answer.status, body: answer.body };
  };
}

// While the old token lives, trouble at the token endpoint is no reason to fail the call.
async function replaceAhead(refresher: Refresher, kept: Kept): Promise<Kept> {
  const { id, accessToken } = kept.account;
  try {
    return await refresher.replace(id, accessToken);
  } catch (error) {
    if (endOf(kept.account) > Date.now()) return kept;
    throw error;
  }
}

const isNew = ({ receivedAtMs }: Kept): boolean => Date.now() - receivedAtMs < NEW_TOKEN_MS;

function requestOf({ authorization, accessToken }: Account, { method, headers = {}, body }: Wish) {
  const [, name = 'authorization', value = authorization] = /^([\w-]+): (.*)$/.exec(authorization) ?? [];
  const own = Object.fromEntries(
    Object.entries(headers).filter(([key]) => key.toLowerCase() !== name.toLowerCase()),
  );
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method,
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...own,
      [name]: value.replace('{token}', accessToken),
    },
    ...(text === undefined ? {} : { body: text }),
  };
}

function consentNeeded({ account, ended }: Kept): Trouble {
  return new Trouble(
    'REAUTH_REQUIRED',
    `The consent for ${account.id} is over (${ended}): its owner must give a new one.`,
    {
      ...(account.reauthUrl === null ? {} : { reauth_url: account.reauthUrl }),
    },
  );
}

// Slack's words for a dead token come with a 200.
const TOKEN_ERRORS: ReadonlySet<unknown> = new Set(['token_revoked', 'token_expired', 'invalid_auth']);

function refusesToken({ status, body }: Answer): boolean {
  if (status !== 200 || typeof body !== 'object' || body === null) return status === 401;
  const { ok, error } = body as { ok?: unknown; error?: unknown };
  return ok === false && TOKEN_ERRORS.has(error);
}

function mustHaveWorked({ status, body, headers, retryAfterMs }: Answer, { service }: Account): void {
  const about = { upstreamStatus: status, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  const limited =
    status === 429 || (status === 403 && (retryAfterMs !== null || headers['x-ratelimit-remaining'] === '0'));
  if (limited) throw new Trouble('RATE_LIMITED', `${service} limits calls.`, { ...about, retryable: true });
  if (status === 401 || status === 403 || isDenialInside(body))
    throw new Trouble('PERMISSION_DENIED', `${service} does not permit this call.`, about);
  if (status === 404)
    throw new Trouble('NOT_FOUND', `${service} does not show this object to this account.`, about);
  if (status >= 500)
    throw new Trouble('UPSTREAM_UNAVAILABLE', `${service} has trouble of its own.`, {
      ...about,
      retryable: true,
    });
  if (status >= 300) throw new Trouble('BAD_REQUEST', `${service} answered ${status}.`, about);
  if (hasErrorInside(body))
    throw new Trouble('BAD_REQUEST', `${service} answered 200 with an error inside.`, about);
}

// Slack's and GraphQL's words for what a live token may not do.
const DENIALS: ReadonlySet<unknown> = new Set(['missing_scope', 'ACCESS_DENIED', 'FORBIDDEN']);

function isDenialInside(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { error, errors } = body as { error?: unknown; errors?: unknown };
  const codes = Array.isArray(errors) ? errors.map((each) => each?.extensions?.code) : [error];
  return codes.some((code) => DENIALS.has(code));
}

// Some services say "OK" over HTTP and "no" in the body.
function hasErrorInside(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { ok, errors, data = null } = body as { ok?: unknown; errors?: unknown; data?: unknown };
  return ok === false || (Array.isArray(errors) && errors.length > 0 && data === null);
}
