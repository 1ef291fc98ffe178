// From what happened to what the ledger says of it: ids instead of secrets, virtual moments instead of dates.

import type { TokenRecord } from '../../mocks/authority.ts';
import type { Effect } from '../../mocks/grant.ts';
import { type Answer, encodeBody } from '../../mocks/http.ts';
import type { Exchange, Json, Service } from '../../mocks/index.ts';
import { isAuthFailure } from '../../mocks/refusals.ts';
import type { Draft } from '../entry.ts';
import type { Open } from './arrivals.ts';
import { asJson, type Context, capture } from './context.ts';
import type { WorldProvider } from './provider.ts';

const NO_QUERY = {};
const GRANT_TYPES = ['refresh_token', 'authorization_code', 'client_credentials'];
/** One for all, as the requests of a night seldom differ in it. */
const TOKEN_BODIES = new Map(GRANT_TYPES.map((type) => [type, { grant_type: type }]));

/** A request was admitted. */
export function recordOpened(context: Context, open: Open): void {
  const { party, exchange, provider, request, identified, meantFor } = open;
  const { endpoint, route, effect, account, token } = identified;
  // An endpoint's own path holds no secret, and to look for one would cost more than the refresh.
  const path = endpoint === route ? request.path : capture(context, party, 'url', request.path);
  const query = requestQuery(context, open);
  const body = requestBody(context, open);
  if (token === 'unminted') recordStrangeToken(context, open);
  const opened = {
    kind: 'exchange.opened',
    party,
    exchange,
    service: provider.service.id,
    endpoint,
    route,
    effect,
    account,
    meantFor,
    token,
    method: request.method,
    path,
    query,
    body,
    seq: 0,
    at: 0,
  } as const;
  const { origin } = request;
  context.ledger.append(origin === undefined ? opened : { ...opened, via: context.neutral(origin) });
}

/** The engine has spoken: refusals, minted and ended tokens, and what was written. */
export function recordHandled(context: Context, open: Open, handled: Exchange): void {
  const { ledger } = context;
  const { party, exchange, provider, identified } = open;
  const service = provider.service.id;
  if (
    handled.truth !== 'ok' &&
    isAuthFailure(handled.truth) &&
    identified.token !== null &&
    identified.account !== null
  ) {
    const { account, token } = identified;
    ledger.append({ kind: 'token.refused', party, service, account, token, exchange, truth: handled.truth });
  }
  recordEffects(context, provider, handled.effects, { party, exchange });
  const account = handled.account ?? '';
  for (const { place, cells } of handled.writes) {
    ledger.append({ kind: 'sink', party, service, account, exchange, place, cells });
  }
}

/** An answer leaves the server. */
export function recordAnswer(context: Context, open: Open, given: Answer): void {
  const { party, exchange, provider, identified, meantFor, handled } = open;
  const { endpoint, route, effect, token } = identified;
  context.ledger.append({
    kind: 'exchange.answered',
    party,
    exchange,
    service: provider.service.id,
    endpoint,
    route,
    effect,
    account: accountOf(open),
    meantFor,
    token,
    status: given.status,
    truth: handled?.truth ?? 'fault',
    committed: handled !== null,
    body: answerBody(context, open, given),
    retryAfterMs: retryAfterMs(given),
    seq: 0,
    at: 0,
  });
}

/** No answer will arrive. */
export function recordLoss(context: Context, open: Open, by: 'subject' | 'fault'): void {
  const { party, exchange, provider, identified, meantFor, handled } = open;
  const { endpoint, route, effect, token } = identified;
  context.ledger.append({
    kind: 'exchange.lost',
    party,
    exchange,
    service: provider.service.id,
    endpoint,
    route,
    effect,
    account: accountOf(open),
    meantFor,
    token,
    truth: handled?.truth ?? 'fault',
    committed: handled !== null,
    by,
  });
}

/** What a command did to tokens. `cause` is null for acts and first grants. */
export function recordEffects(
  context: Context,
  provider: WorldProvider,
  effects: readonly Effect[],
  cause: { readonly party: string; readonly exchange: string } | null,
): void {
  const { ledger, clock } = context;
  const party = cause?.party ?? 'world';
  const exchange = cause?.exchange ?? null;
  const service = provider.service.id;
  for (const effect of effects) {
    const record = provider.authority.record(effect.token);
    const { id: token, kind: tokenKind } = record;
    const account = record.account.id;
    if (effect.kind === 'minted') {
      const { expiresAtMs = null } = effect;
      const expiresAt = expiresAtMs === null ? null : expiresAtMs - clock.startMs;
      const kind = 'token.minted';
      ledger.append({ kind, party, service, account, token, exchange, tokenKind, expiresAt, seq: 0, at: 0 });
      hide(context, provider.service, record);
      if (tokenKind === 'access') context.watchExpiry({ provider, token: record }, expiresAt);
    } else if (effect.kind === 'rotated') {
      const { successor = '' } = effect;
      const kind = 'token.rotated';
      ledger.append({ kind, party, service, account, token, exchange, successor, seq: 0, at: 0 });
    } else {
      const { cause: truth = 'unknown-token' } = effect;
      const kind = effect.kind === 'evicted' ? 'token.evicted' : 'token.revoked';
      const entry: Extract<Draft, { kind: typeof kind }> = {
        kind,
        party,
        service,
        account,
        token,
        exchange,
        truth,
        seq: 0,
        at: 0,
      };
      if (effect.fromMs === undefined) ledger.append(entry);
      else context.watchEnding({ provider, token, endsAtMs: effect.fromMs }, entry);
    }
  }
}

function hide({ redactor }: Context, service: Service, record: TokenRecord): void {
  const parts = record.kind === 'access' ? service.secretParts?.(record.value) : undefined;
  if (parts === undefined) redactor.add(record);
  else for (const value of parts) redactor.add({ id: record.id, value });
}

// A token that this service did not mint may be another service's: then it was told to a host that must not know it.
// The client's own secret is at home here: a probe of it brings a token that nobody minted.
function recordStrangeToken(context: Context, { party, request, identified, provider }: Open): void {
  const carrier = identified.endpoint === 'resource' ? (request.headers.authorization ?? '') : request.body;
  for (const token of context.redactor.redact(carrier).found) {
    if (token === `${provider.service.id}/client-secret`) continue;
    context.ledger.append({ kind: 'leak', party, place: 'other-host', token });
  }
}

// Only the engine knows whose an authorization code was.
const accountOf = ({ handled, identified }: Open) => handled?.account ?? identified.account;

function requestQuery(context: Context, { party, request }: Open): Readonly<Record<string, string>> {
  const names = Object.keys(request.query);
  if (names.length === 0) return NO_QUERY;
  return Object.fromEntries(
    names.map((name) => [name, capture(context, party, 'url', request.query[name] ?? '')]),
  );
}

// Token requests carry secrets by design, and are no leak; of them only the grant type is kept.
function requestBody(context: Context, { request, identified, party }: Open): Json {
  if (request.body === '') return null;
  if (identified.endpoint === 'resource') return asJson(capture(context, party, 'body', request.body));
  const type = identified.fields.grant_type ?? null;
  return TOKEN_BODIES.get(type ?? '') ?? { grant_type: type };
}

function answerBody(context: Context, { identified }: Open, given: Answer): Json {
  const holdsTokens = identified.endpoint !== 'resource' && given.status < 400;
  if (holdsTokens) return null;
  const text = encodeBody(given);
  return text === '' ? null : asJson(context.neutral(context.redactor.redact(text).text));
}

function retryAfterMs(given: Answer): number | null {
  const header = given.headers['retry-after'];
  const seconds = Number(header);
  return header === undefined || Number.isNaN(seconds) ? null : seconds * 1000;
}
