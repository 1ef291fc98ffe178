// From what happened to what the ledger says of it: ids instead of secrets, virtual moments instead of dates.

import type { Effect } from '../../mocks/grant.ts';
import { type Answer, isJsonObject, parseForm } from '../../mocks/http.ts';
import type { Exchange, Json, Provider } from '../../mocks/index.ts';
import type { Draft } from '../entry.ts';
import type { Open } from './arrivals.ts';
import { asJson, type Context, capture } from './context.ts';

/** A request was admitted. */
export function recordOpened(context: Context, open: Open): void {
  const { party, request, identified } = open;
  // The path of another endpoint is one of its service's own: looking for secrets in it would cost more than the refresh.
  const path =
    identified.endpoint === 'resource' ? capture(context, party, 'url', request.path) : request.path;
  const query = Object.fromEntries(
    Object.entries(request.query).map(([name, value]) => [name, capture(context, party, 'url', value)]),
  );
  const body = requestBody(context, open);
  if (identified.token === 'unminted') recordStrangeToken(context, open);
  context.ledger.append({
    kind: 'exchange.opened',
    party,
    ...named(open),
    method: request.method,
    path,
    query,
    body,
  });
}

/** The engine has spoken: refusals, minted and ended tokens, and what was written. */
export function recordHandled(context: Context, open: Open, handled: Exchange): void {
  const { ledger } = context;
  const { party, exchange, provider, identified } = open;
  const service = provider.service.id;
  if (handled.truth !== 'ok' && identified.token !== null && identified.account !== null) {
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
  context.ledger.append({
    kind: 'exchange.answered',
    party: open.party,
    ...named(open),
    status: given.status,
    truth: open.handled?.truth ?? 'fault',
    committed: open.handled !== null,
    body: answerBody(context, open, given),
    retryAfterMs: retryAfterMs(given),
  });
}

/** No answer will arrive. */
export function recordLoss(context: Context, open: Open, by: 'subject' | 'fault'): void {
  context.ledger.append({
    kind: 'exchange.lost',
    party: open.party,
    ...named(open),
    truth: open.handled?.truth ?? 'fault',
    committed: open.handled !== null,
    by,
  });
}

/** What a command did to tokens. `cause` is null for acts and first grants. */
export function recordEffects(
  context: Context,
  provider: Provider,
  effects: readonly Effect[],
  cause: { readonly party: string; readonly exchange: string } | null,
): void {
  for (const effect of effects) {
    const common = {
      party: cause?.party ?? 'world',
      service: provider.service.id,
      account: effect.token.slice(0, effect.token.lastIndexOf('/')),
      token: effect.token,
      exchange: cause?.exchange ?? null,
    };
    if (effect.kind === 'minted') {
      context.redactor.add({ id: effect.token, value: provider.authority.value(effect.token) });
    }
    context.ledger.append(effectDraft(context, provider, effect, common));
    if (effect.kind === 'minted') watchExpiry(context, provider, common);
  }
}

type TokenFacts = Pick<
  Extract<Draft, { kind: 'token.expired' }>,
  'party' | 'service' | 'account' | 'token' | 'exchange'
>;

function effectDraft(context: Context, provider: Provider, effect: Effect, common: TokenFacts): Draft {
  switch (effect.kind) {
    case 'minted': {
      const record = provider.authority.token(provider.authority.value(effect.token));
      const { expiresAtMs = null } = effect;
      const expiresAt = expiresAtMs === null ? null : expiresAtMs - context.clock.startMs;
      return { kind: 'token.minted', ...common, tokenKind: record?.kind ?? 'access', expiresAt };
    }
    case 'rotated':
      return { kind: 'token.rotated', ...common, successor: effect.successor ?? '' };
    default:
      return { kind: `token.${effect.kind}`, ...common, truth: effect.cause ?? 'unknown-token' };
  }
}

// Death by age goes on record when it comes, not when somebody notices it. Activity may have put it off meanwhile.
function watchExpiry(context: Context, provider: Provider, token: TokenFacts): void {
  const { clock, ledger } = context;
  const record = provider.authority.token(provider.authority.value(token.token));
  if (record === null || record.kind !== 'access') return;
  const look = () => {
    const { accessTokens } = provider.authority.grantOf(record);
    const found = accessTokens.find(({ id }) => id === token.token);
    if (found === undefined || found.ended !== null || found.expiresAtMs === null) return;
    const dueMs = found.expiresAtMs - clock.startMs;
    if (dueMs <= clock.nowMs) {
      ledger.append({ kind: 'token.expired', ...token, party: 'world', exchange: null });
    } else if (dueMs <= context.untilMs) {
      clock.schedule(dueMs, `expiry ${token.token}`, look);
    }
  };
  look();
}

// A token that this service did not mint may be another service's: then it was told to a host that must not know it.
function recordStrangeToken(context: Context, { party, request, identified }: Open): void {
  const carrier = identified.endpoint === 'resource' ? (request.headers.authorization ?? '') : request.body;
  for (const token of context.redactor.redact(carrier).found) {
    context.ledger.append({ kind: 'leak', party, place: 'other-host', token });
  }
}

function named({ exchange, provider, identified, handled }: Open) {
  const { endpoint, route, effect, token } = identified;
  const account = handled?.account ?? identified.account;
  return { exchange, service: provider.service.id, endpoint, route, effect, account, meantFor: null, token };
}

// Token requests carry secrets by design, and are no leak; of them only the grant type is kept.
function requestBody(context: Context, { request, identified, party }: Open): Json {
  if (request.body === '') return null;
  if (identified.endpoint === 'resource') return asJson(capture(context, party, 'body', request.body));
  // A failed attempt to parse a form as JSON would cost more than the whole record.
  const parsed = /^\s*\{/.test(request.body) ? asJson(request.body) : null;
  const fields = isJsonObject(parsed) ? parsed : parseForm(request.body);
  return { grant_type: fields.grant_type ?? null };
}

function answerBody(context: Context, { identified }: Open, given: Answer): Json {
  const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  const holdsTokens = identified.endpoint !== 'resource' && given.status < 400;
  return text === '' || holdsTokens ? null : asJson(context.neutral(context.redactor.redact(text).text));
}

function retryAfterMs(given: Answer): number | null {
  const header = given.headers['retry-after'];
  const seconds = Number(header);
  return header === undefined || Number.isNaN(seconds) ? null : seconds * 1000;
}
