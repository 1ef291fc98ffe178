// Recipes: the steps after which a service gives a certain answer. The contract test and the docs are made from them.

import type { Account } from './account.ts';
import type { Act } from './acts.ts';
import { sha256 } from './digest.ts';
import { base64, base64url } from './encoding.ts';
import type { Exchange } from './exchange.ts';
import type { JsonObject, Request } from './http.ts';
import { signJwt } from './jwt.ts';
import type { Provider } from './provider.ts';
import { seededRandomness } from './randomness.ts';
import { rsaPrivateKey } from './rsa-key.ts';

/** One step of a recipe. Steps act on the account `first`; `second` belongs to another tenant. */
export type Step =
  /** Time passes. */
  | { readonly advanceMs: number }
  | { readonly act: Act['act']; readonly scopes?: readonly string[] }
  /** A call of the resource server; the path may hold a query. */
  | {
      readonly call: string;
      readonly method?: string;
      /** `client` speaks in its own name: by Basic, where the service has no way of its own. */
      readonly as?: 'first' | 'second' | 'nobody' | 'forged' | 'client';
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** A refresh; on success the account carries the new tokens. */
  | {
      readonly refresh: 'current' | 'original' | 'forged' | 'missing';
      readonly as?: ClientKind;
      readonly scope?: string;
      readonly grantType?: string;
      /** Further fields, for grants of another type. */
      readonly fields?: Readonly<Record<string, string>>;
      /** Where it goes, for services whose token endpoint has a path for each tenant. */
      readonly path?: string;
      /** How it is sent and how the client shows who it is, where that is not as subjects are told. */
      readonly sent?: Partial<Account['tokenRequest']>;
    }
  /** A new consent and the exchange of its code; on success the account carries the new tokens. */
  | {
      readonly consent: Readonly<Record<string, string>>;
      /** What goes wrong between the consent and the exchange; an exchange `twice` presents the same code again. */
      readonly exchange?: 'forged-code' | 'wrong-verifier' | 'wrong-redirect' | 'twice' | 'late' | 'none';
      readonly as?: ClientKind;
    }
  /** A token asked for with an assertion that the client signed; on success the account carries it. */
  | {
      readonly assert: 'own' | 'unknown-installation';
      /** When the assertion claims to be from and to last until, counted from the moment it is sent. */
      readonly fromMs?: number;
      readonly untilMs?: number;
      /** Further claims. */
      readonly claims?: JsonObject;
      readonly as?: ClientKind;
      /** JSON, or a form as a text. `{assertion}` in it stands for the assertion, for services that take it there. */
      readonly body?: unknown;
    }
  | {
      readonly revoke: 'access' | 'refresh' | 'forged' | 'missing';
      readonly as?: ClientKind;
    };

/** Who a step says it is. */
type ClientKind = 'itself' | 'unknown-client' | 'wrong-secret' | 'other-client';

const MINUTE_MS = 60_000;
const FORM = 'application/x-www-form-urlencoded';
const STRANGER = seededRandomness('a stranger');
const REDIRECT_URI = 'http://127.0.0.1:8000/callback';
const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters';
const CHALLENGE = base64url(sha256(VERIFIER));

/** The mutable part of a walk through a recipe: the moment, and the tokens that the two accounts carry. */
interface Walk {
  readonly provider: Provider;
  readonly original: Account;
  first: Account;
  readonly second: Account;
  nowMs: number;
  exchanges: number;
}

/** Follows a recipe on a fresh provider with two accounts, and returns every exchange in order. */
export function follow(provider: Provider, steps: readonly Step[], startMs: number): readonly Exchange[] {
  const open = (id: string, tenant: string) => provider.connect({ id, tenant, atMs: startMs }).account;
  const first = open(`acme-${provider.service.id}`, 'acme');
  const second = open(`globex-${provider.service.id}`, 'globex');
  const walk: Walk = { provider, original: first, first, second, nowMs: startMs, exchanges: 0 };
  return steps.flatMap((step) => take(walk, step));
}

function take(walk: Walk, step: Step): readonly Exchange[] {
  if ('advanceMs' in step) {
    walk.nowMs += step.advanceMs;
    return [];
  }
  if ('act' in step) {
    const act =
      step.act === 'narrow-scope' ? { act: step.act, scopes: step.scopes ?? [] } : { act: step.act };
    walk.provider.act(walk.first.id, act, walk.nowMs);
    return [];
  }
  if ('call' in step) return [send(walk, callRequest(walk, step))];
  if ('refresh' in step) return [keepTokens(walk, send(walk, refreshRequest(walk, step)))];
  if ('revoke' in step) return [send(walk, revokeRequest(walk, step))];
  if ('assert' in step) return [keepTokens(walk, send(walk, assertionRequest(walk, step)))];
  return takeConsent(walk, step);
}

function send(walk: Walk, request: Request): Exchange {
  walk.exchanges++;
  return walk.provider.handle(request, walk.nowMs, `step-${walk.exchanges}`);
}

function callRequest(walk: Walk, step: Extract<Step, { call: string }>): Request {
  const as = step.as ?? 'first';
  const bare = request(step.method ?? 'GET', step.call, textOf(step.body), {
    ...(typeof step.body === 'object' ? { 'content-type': 'application/json' } : {}),
    ...step.headers,
  });
  if (as === 'nobody') return bare;
  const shown = present(walk, bare, as);
  // What the step says goes last, so that a recipe can spoil what was presented.
  return { ...shown, headers: { ...shown.headers, ...step.headers } };
}

const textOf = (body: unknown): string =>
  body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);

function present(walk: Walk, bare: Request, as: 'first' | 'second' | 'forged' | 'client'): Request {
  const { first, second, provider, nowMs } = walk;
  const { clientId: id, clientSecret: secret, authorization } = first;
  const tokens = { first: first.accessToken, second: second.accessToken, forged: 'never-minted' };
  const by = as === 'client' ? { client: { id, secret } } : { token: tokens[as] };
  if (provider.service.present !== undefined) return provider.service.present(bare, by, nowMs);
  if (as === 'client')
    return { ...bare, headers: { ...bare.headers, authorization: basic(id, secret ?? '') } };
  return { ...bare, headers: { ...bare.headers, ...carrying(authorization, tokens[as]) } };
}

const basic = (id: string, secret: string) =>
  `Basic ${base64(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`;

function carrying(authorization: string, token: string): Record<string, string> {
  const value = authorization.replace('{token}', token);
  const [, name, rest] = /^([\w-]+): (.+)$/.exec(value) ?? [];
  return name === undefined || rest === undefined ? { authorization: value } : { [name.toLowerCase()]: rest };
}

function refreshRequest(walk: Walk, step: Extract<Step, { refresh: string }>): Request {
  const tokens = {
    current: walk.first.refreshToken,
    original: walk.original.refreshToken,
    forged: 'never-minted',
  };
  const value = step.refresh === 'missing' ? null : tokens[step.refresh];
  const fields = {
    grant_type: step.grantType ?? 'refresh_token',
    ...(value === null ? {} : { refresh_token: value }),
    ...(step.scope === undefined ? {} : { scope: step.scope }),
    ...step.fields,
  };
  return step.path === undefined
    ? tokenRequest(walk, step.as, fields, step.sent)
    : form(walk, step.as, step.path, fields, step.sent);
}

function revokeRequest(walk: Walk, step: Extract<Step, { revoke: string }>): Request {
  const tokens = {
    access: walk.first.accessToken,
    refresh: walk.first.refreshToken ?? '',
    forged: 'never-minted',
  };
  const fields = step.revoke === 'missing' ? {} : { token: tokens[step.revoke] };
  const path = new URL(walk.first.revokeUrl ?? 'http://nowhere/').pathname;
  return form(walk, step.as, path, fields);
}

function assertionRequest(walk: Walk, step: Extract<Step, { assert: string }>): Request {
  const { clientId, clientSecret, tokenUrl, installation } = walk.first;
  const path = new URL(tokenUrl).pathname;
  const instant = (offsetMs: number) => Math.floor((walk.nowMs + offsetMs) / 1000);
  const claims = {
    iat: instant(step.fromMs ?? -MINUTE_MS),
    exp: instant(step.untilMs ?? 9 * MINUTE_MS),
    iss: step.as === 'unknown-client' ? 'no-such-client' : clientId,
    ...step.claims,
  };
  const key = step.as === 'wrong-secret' ? rsaPrivateKey(STRANGER) : (clientSecret ?? '');
  const assertion = signJwt(claims, key);
  const body = textOf(step.body);
  return request(
    'POST',
    step.assert === 'own' ? path : path.replace(installation ?? '', '1'),
    body.replace('{assertion}', assertion),
    {
      'content-type': typeof step.body === 'string' ? FORM : 'application/json',
      authorization: `Bearer ${assertion}`,
    },
  );
}

function takeConsent(walk: Walk, step: Extract<Step, { consent: object }>): readonly Exchange[] {
  const { authority, service } = walk.provider;
  const clientId = step.as === 'unknown-client' ? 'no-such-client' : walk.first.clientId;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    login_hint: walk.first.id,
    ...step.consent,
  });
  const authorized = send(walk, request('GET', `${service.endpoints.authorize[0]}?${query}`));
  const location = authorized.answer.headers.location;
  const issued = location === undefined ? null : new URL(location).searchParams.get('code');
  if (issued === null || step.exchange === 'none') return [authorized];
  if (step.exchange === 'late') walk.nowMs += service.policy.codeTtlMs;
  if (step.as === 'other-client') authority.addClient({ id: 'other-client', secret: null, deleted: false });
  const exchange = () =>
    keepTokens(
      walk,
      send(
        walk,
        tokenRequest(walk, step.as, {
          grant_type: 'authorization_code',
          code: step.exchange === 'forged-code' ? 'never-issued' : issued,
          redirect_uri: step.exchange === 'wrong-redirect' ? `${REDIRECT_URI}/elsewhere` : REDIRECT_URI,
          code_verifier: step.exchange === 'wrong-verifier' ? `${VERIFIER}-not` : VERIFIER,
        }),
      ),
    );
  return step.exchange === 'twice' ? [authorized, exchange(), exchange()] : [authorized, exchange()];
}

function tokenRequest(
  walk: Walk,
  as: ClientKind | undefined,
  fields: Record<string, string>,
  sent?: Partial<Account['tokenRequest']>,
): Request {
  const { pathname, search } = new URL(walk.first.tokenUrl);
  return form(walk, as, `${pathname}${search}`, fields, sent);
}

function form(
  walk: Walk,
  as: ClientKind | undefined,
  path: string,
  fields: Record<string, string>,
  sent: Partial<Account['tokenRequest']> = {},
): Request {
  const { clientId, clientSecret, tokenRequest: told } = walk.first;
  const { encoding, clientAuth } = { ...told, ...sent };
  if (as === 'other-client') walk.provider.authority.addClient({ id: as, secret: null, deleted: false });
  const id = as === 'unknown-client' || as === 'other-client' ? as : clientId;
  const known = clientAuth === 'none' ? null : clientSecret;
  const secret = known !== null && as === 'wrong-secret' ? 'wrong' : known;
  const isBasic = clientAuth === 'basic' && secret !== null;
  const all = {
    ...(isBasic ? {} : { client_id: id, ...(secret === null ? {} : { client_secret: secret }) }),
    ...fields,
  };
  const headers = isBasic ? { authorization: basic(id, secret) } : {};
  return encoding === 'json'
    ? request('POST', path, JSON.stringify(all), { 'content-type': 'application/json', ...headers })
    : request('POST', path, new URLSearchParams(all).toString(), { 'content-type': FORM, ...headers });
}

function request(method: string, target: string, body = '', headers: Record<string, string> = {}): Request {
  const url = new URL(target, 'http://mock.invalid');
  return {
    method,
    host: url.host,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { accept: 'application/json', ...headers },
    body,
  };
}

// What a careful client does with a token answer, whatever the service calls its fields: look up what was minted.
function keepTokens(walk: Walk, exchange: Exchange): Exchange {
  const minted = exchange.effects.filter((effect) => effect.kind === 'minted').map((effect) => effect.token);
  const { authority } = walk.provider;
  for (const id of minted) {
    const value = authority.value(id);
    const kind = authority.token(value)?.kind;
    walk.first =
      kind === 'access' ? { ...walk.first, accessToken: value } : { ...walk.first, refreshToken: value };
  }
  return exchange;
}
