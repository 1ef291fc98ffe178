// The resource server: a bearer token (RFC 6750), a route, and what the route makes of the call.

import { answerCrud } from './crud.ts';
import type { AccessToken, Effect } from './grant.ts';
import { nameOf } from './hosts.ts';
import type { Answer, Request } from './http.ts';
import type { Reading } from './meter.ts';
import { presentedToken } from './presented-token.ts';
import type { Refusal } from './refusals.ts';
import type { RouteMatch } from './route.ts';
import type { Running } from './running.ts';
import type { AccountIdentity, Call, Write } from './service.ts';
import { openTokenDesk } from './token-desk.ts';

/** What the resource server saw of a request, for the headers that go with every answer. */
export interface Seen {
  readonly match: RouteMatch | null;
  readonly token: AccessToken | null;
  readonly reading: Reading | null;
}

/** The result of a call, before a refusal is put into the service's words. */
export type ResourceResult = Seen &
  (
    | {
        readonly answer: Answer;
        readonly account: string | null;
        readonly effects: readonly Effect[];
        readonly writes: readonly Write[];
      }
    | {
        readonly refused: Refusal;
        readonly detail: string | null;
        readonly code: string | null;
        readonly effects: readonly Effect[];
      }
  );

const NOBODY: AccountIdentity = { id: '', tenant: '' };

/** Answers one call at `nowMs`; `key` feeds the keyed draws. */
export function answerResourceRequest(
  running: Running,
  request: Request,
  nowMs: number,
  key: string,
): ResourceResult {
  const match = running.route(request);
  const bearer = match?.route.auth === 'none' ? null : admit(running, request, nowMs, match);
  if (bearer !== null && 'refused' in bearer) {
    return { match, reading: null, detail: null, code: null, ...bearer };
  }
  const reading = bearer === null ? null : count(running, bearer.account.tenant, match, nowMs);
  const seen: Seen = { match, reading, token: bearer?.token ?? null };
  if (
    reading !== null &&
    reading.calls > (running.service.policy.callsPerWindow ?? Number.POSITIVE_INFINITY)
  ) {
    return { ...seen, refused: 'rate-limited', detail: null, code: null, effects: [] };
  }
  if (match === null && bearer !== null && running.service.unmodelled === 'crud') {
    const crud = answerCrud(request, running.data(bearer.account.tenant));
    return { ...seen, ...crud, account: bearer.account.id, effects: [] };
  }
  if (match === null) return { ...seen, refused: 'unmodelled', detail: null, code: null, effects: [] };
  const effects: Effect[] = [];
  const handled = match.route.handle(callOf(running, { request, nowMs, key, match, bearer, effects }));
  if ('refused' in handled) {
    const { refused, detail = null, code = null } = handled;
    return { ...seen, refused, detail, code, effects: [] };
  }
  const account = bearer?.account ?? handled.account ?? null;
  return {
    ...seen,
    answer: handled.answer,
    account: account?.id ?? null,
    effects,
    writes: handled.writes ?? [],
  };
}

function count({ service, meter }: Running, tenant: string, match: RouteMatch | null, nowMs: number) {
  if (service.countedAs === undefined) return meter(tenant, nowMs);
  const name = match === null ? null : service.countedAs(match.route);
  return name === null ? null : meter(`${tenant} ${name}`, nowMs);
}

interface Bearer {
  readonly account: AccountIdentity;
  readonly scopes: readonly string[];
  readonly token: AccessToken;
}

function admit(
  running: Running,
  request: Request,
  nowMs: number,
  match: RouteMatch | null,
):
  | Bearer
  | { readonly refused: Refusal; readonly token: AccessToken | null; readonly effects: readonly Effect[] } {
  const { service, authority, accounts } = running;
  const value = presentedToken(service, request);
  if (value === null) return { refused: 'no-token', token: null, effects: [] };
  if (service.proofRefusal !== undefined) {
    const effects: Effect[] = [];
    const tokens = openTokenDesk({ service, authority, accounts, nowMs, effects });
    const lacking = service.proofRefusal({ request, route: match?.route ?? null, nowMs, tokens });
    if (lacking !== null) return { ...lacking, token: null, effects };
  }
  const record = authority.token(value);
  if (record === null || record.kind !== 'access')
    return { refused: 'unknown-token', token: null, effects: [] };
  if (isOfAnother(running, request.host, record.account.tenant))
    return { refused: 'other-host', token: null, effects: [] };
  const needsOneOf = match?.route.needsOneOf ?? [];
  const command = { kind: 'use', atMs: nowMs, token: record.id, needsOneOf } as const;
  const outcome = authority.apply(record.grantId, command);
  if (outcome.kind === 'allowed') {
    return { account: record.account, scopes: outcome.access.scopes, token: outcome.access };
  }
  const token = authority.grantOf(record).accessTokens.find(({ id }) => id === record.id) ?? null;
  const refused = outcome.kind === 'refused' ? outcome.cause : 'unknown-token';
  return { refused, token, effects: outcome.effects };
}

// Only a host that is some other tenant's: those that no tenant has may be anybody's name for the mock.
function isOfAnother({ service, accounts }: Running, host: string, tenant: string): boolean {
  const { tenantHost } = service;
  if (tenantHost === undefined) return false;
  const name = nameOf(host);
  const hostOf = (one: string) => tenantHost.replace('{tenant}', one);
  return name !== hostOf(tenant) && accounts.some((one) => name === hostOf(one.tenant));
}

function callOf(
  { service, origin, randomness, authority, accounts, spend, data }: Running,
  what: {
    readonly request: Request;
    readonly nowMs: number;
    readonly key: string;
    readonly match: RouteMatch;
    readonly bearer: Bearer | null;
    readonly effects: Effect[];
  },
): Call {
  const { request, nowMs, key, match, bearer, effects } = what;
  const account = bearer?.account ?? NOBODY;
  const otherTenants = new Set(
    accounts.map(({ tenant }) => tenant).filter((name) => name !== account.tenant),
  );
  return {
    request,
    params: match.params,
    nowMs,
    account,
    scopes: bearer?.scopes ?? [],
    origin,
    data: data(account.tenant),
    heldElsewhere: (collection, id) =>
      [...otherTenants].some((name) => data(name)(collection).get(id) !== null),
    tokens: openTokenDesk({ service, authority, accounts, nowMs, effects }),
    spend: (bucket, amount, who = account.tenant) => spend(bucket, who, amount, nowMs),
    randomness,
    key,
  };
}
