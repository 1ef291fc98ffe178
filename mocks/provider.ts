// A running service: the books, the data and the routes of one mocked SaaS behind one function, without a socket.

import type { Account } from './account.ts';
import { type Act, perform } from './acts.ts';
import { type Authority, createAuthority } from './authority.ts';
import { answerAuthorizeRequest } from './authorize-endpoint.ts';
import type { Endpoint, Exchange, Identified } from './exchange.ts';
import type { AccessToken, Effect } from './grant.ts';
import { type Answer, bearerToken, type JsonObject, type Request } from './http.ts';
import { createMeter, type Reading } from './meter.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import { answerRevokeRequest } from './revoke-endpoint.ts';
import { createRouter, type RouteMatch } from './route.ts';
import type { AccountIdentity, Call, Service, WireRow, Write } from './service.ts';
import { type Collections, createCollections } from './store.ts';
import { openTokenDesk } from './token-desk.ts';
import { answerTokenRequest, tokenFields } from './token-endpoint.ts';

/** What a provider needs from outside. */
export interface ProviderOptions {
  /** The service's base URL as callers reach it, without a trailing slash. */
  readonly origin: string;
  readonly randomness: Randomness;
  /** Objects to seed, by collection; collections not named get the service's own seed. */
  readonly data?: Readonly<Record<string, readonly JsonObject[]>>;
}

/** A new account and what it should be granted. */
export interface ConnectRequest {
  readonly id: string;
  readonly tenant: string;
  readonly atMs: number;
  readonly owner?: 'service' | 'personal';
  /** Default: the service's own scopes. */
  readonly scopes?: readonly string[];
}

/** One running service. Every moment is an input; nothing here reads a clock. */
export interface Provider {
  readonly service: Service;
  readonly origin: string;
  readonly authority: Authority;
  /** Opens an account with a first grant. */
  connect(request: ConnectRequest): { readonly account: Account; readonly effects: readonly Effect[] };
  /** What can be said of a request before it is handled. */
  identify(request: Request): Identified;
  /**
   * Handles a request at `nowMs`. `key` is different for every exchange and feeds the keyed draws; `identified` is what
   * `identify` said of the request, where it was asked before.
   */
  handle(request: Request, nowMs: number, key: string, identified?: Identified): Exchange;
  /** Carries out an act on an account. */
  act(accountId: string, act: Act, nowMs: number): readonly Effect[];
  /** The collections of a tenant. */
  data(tenant: string): Collections;
}

/** What is known of a refusal beside its cause. */
interface Particulars {
  readonly match?: RouteMatch | null;
  readonly token?: AccessToken | null;
  readonly detail?: string | null;
  readonly code?: string | null;
}

const DAY_MS = 86_400_000;
const NOBODY: AccountIdentity = { id: '', tenant: '' };

/** Starts a service. */
export function createProvider(service: Service, options: ProviderOptions): Provider {
  const { origin, randomness } = options;
  const authority = createAuthority(service, randomness);
  const router = createRouter(service.routes);
  const rows = indexRows(service.wire);
  const meter = createMeter(service.usageWindowMs ?? DAY_MS);
  const tenants = new Map<string, Collections>();
  const tenantNames = new Set<string>();
  const accounts: AccountIdentity[] = [];
  const clientId = `${service.id}-client-${randomness.hex(12, 'client', service.id)}`;
  const secret =
    service.tokenRequest.clientAuth[0] === 'none'
      ? null
      : (service.clientSecret?.(randomness) ?? randomness.chars(40, 'secret', service.id));
  authority.addClient({ id: clientId, secret, deleted: false });
  let defaultAccount: AccountIdentity | null = null;

  const data = (tenant: string): Collections => {
    let collections = tenants.get(tenant);
    if (collections === undefined) {
      const seeds = { ...service.seed(tenant), ...options.data };
      collections = createCollections(
        seeds,
        (name) => service.idFields?.[name] ?? service.idFields?.['*'] ?? 'id',
      );
      tenants.set(tenant, collections);
    }
    return collections;
  };

  const identify = (request: Request): Identified => {
    const endpoint = endpointOf(service, request);
    if (endpoint === 'token' || endpoint === 'revoke') {
      const fields = tokenFields(service, request);
      const value = endpoint === 'token' ? fields.refresh_token : fields.token;
      return { endpoint, route: endpoint, effect: 'write', ...presented(authority, value ?? null) };
    }
    if (endpoint === 'authorize')
      return { endpoint, route: endpoint, effect: 'write', account: null, token: null };
    const match = router(request.method, request.path);
    if (match?.route.issuesFor !== undefined) {
      const installation = match.route.issuesFor(request, match.params);
      const account = accounts.find((candidate) => service.installationOf?.(candidate) === installation);
      const { id, effect } = match.route;
      return { endpoint: 'token', route: id, effect, account: account?.id ?? null, token: null };
    }
    return {
      endpoint,
      route: match?.route.id ?? 'unmodelled',
      effect: match?.route.effect ?? (request.method === 'GET' ? 'read' : 'write'),
      ...presented(
        authority,
        match?.route.auth === 'none' ? null : bearerToken(request, service.authSchemes),
      ),
    };
  };

  const handle = (
    request: Request,
    nowMs: number,
    key: string,
    identified: Identified = identify(request),
  ): Exchange => {
    const refuse = (
      at: WireRow['at'],
      cause: Refusal,
      more: Particulars = {},
      effects: readonly Effect[] = [],
    ): Exchange => {
      const route = more.match?.route ?? null;
      const row = rows(at, cause, route?.id ?? null);
      const needsOneOf = route?.needsOneOf ?? [];
      const { token = null, detail = null, code = null } = more;
      const answer =
        row?.answer({ cause, nowMs, request, route, token, needsOneOf, detail, code, randomness, key }) ??
        unmodelledAnswer(service, request, cause, detail);
      return { ...identified, answer, truth: cause, row: row?.id ?? null, effects, writes: [] };
    };
    const accept = (
      answer: Answer,
      account: string | null,
      effects: readonly Effect[],
      writes: readonly Write[] = [],
    ): Exchange => ({
      ...identified,
      account: account ?? identified.account,
      answer,
      truth: 'ok',
      row: null,
      effects,
      writes,
    });

    switch (endpointOf(service, request)) {
      case 'token': {
        const result = answerTokenRequest({ service, authority, randomness, origin, nowMs, key }, request);
        if ('refused' in result)
          return refuse('token', result.refused, { detail: result.detail }, result.effects);
        return accept(result.answer, result.account.id, result.effects);
      }
      case 'revoke': {
        const result = answerRevokeRequest(service, authority, request, nowMs);
        if ('refused' in result) return refuse('revoke', result.refused);
        const { dead } = result;
        if (dead !== null && rows('revoke', dead, null) !== null) return refuse('revoke', dead);
        return accept(service.revokeAnswer(), result.account, result.effects);
      }
      case 'authorize': {
        const context = { service, authority, randomness, nowMs, key, defaultAccount };
        const result = answerAuthorizeRequest(context, request);
        if ('refused' in result) return refuse('authorize', result.refused, { detail: result.detail });
        const exchange = accept(result.answer, result.account?.id ?? null, []);
        return { ...exchange, truth: result.truth };
      }
      case 'resource':
        return answerResource();
    }

    function answerResource(): Exchange {
      const match = router(request.method, request.path);
      const open = match?.route.auth === 'none';
      const bearer = open ? null : admit(request, nowMs, match);
      if (bearer !== null && 'refused' in bearer) {
        const { refused, token, effects } = bearer;
        return withHeaders(refuse('resource', refused, { match, token }, effects), match, token, null);
      }
      const reading = bearer === null ? null : meter(bearer.account.tenant, nowMs);
      const token = bearer?.token ?? null;
      if (match === null) return withHeaders(refuse('resource', 'unmodelled'), match, token, reading);
      const account = bearer?.account ?? NOBODY;
      const effects: Effect[] = [];
      const call: Call = {
        request,
        params: match.params,
        nowMs,
        account,
        scopes: bearer?.scopes ?? [],
        origin,
        data: data(account.tenant),
        heldElsewhere: (collection, id) =>
          [...tenantNames].some((name) => name !== account.tenant && data(name)(collection).get(id) !== null),
        tokens: openTokenDesk({ service, authority, accounts, nowMs, effects }),
        randomness,
        key,
      };
      const handled = match.route.handle(call);
      if ('refused' in handled) {
        const { refused, detail = null, code = null } = handled;
        return withHeaders(
          refuse('resource', refused, { match, detail, code, token }),
          match,
          token,
          reading,
        );
      }
      const owner = bearer?.account ?? handled.account ?? null;
      const accepted = accept(handled.answer, owner?.id ?? null, effects, handled.writes);
      return withHeaders(accepted, match, token, reading);
    }

    function withHeaders(
      exchange: Exchange,
      match: RouteMatch | null,
      token: AccessToken | null,
      reading: Reading | null,
    ): Exchange {
      const headers = service.resourceHeaders?.({
        nowMs,
        route: match?.route ?? null,
        calls: reading?.calls ?? null,
        resetsAtMs: reading?.resetsAtMs ?? null,
        scopes: token?.scopes ?? null,
      });
      if (headers === undefined) return exchange;
      return {
        ...exchange,
        answer: { ...exchange.answer, headers: { ...headers, ...exchange.answer.headers } },
      };
    }
  };

  type Admitted =
    | { readonly account: AccountIdentity; readonly scopes: readonly string[]; readonly token: AccessToken }
    | { readonly refused: Refusal; readonly token: AccessToken | null; readonly effects: readonly Effect[] };

  const admit = (request: Request, nowMs: number, match: RouteMatch | null): Admitted => {
    const value = bearerToken(request, service.authSchemes);
    if (value === null) return { refused: 'no-token', token: null, effects: [] };
    const record = authority.token(value);
    if (record === null || record.kind !== 'access')
      return { refused: 'unknown-token', token: null, effects: [] };
    const needsOneOf = match?.route.needsOneOf ?? [];
    const outcome = authority.apply(record.grantId, {
      kind: 'use',
      atMs: nowMs,
      token: record.id,
      needsOneOf,
    });
    if (outcome.kind === 'allowed') {
      return { account: record.account, scopes: outcome.access.scopes, token: outcome.access };
    }
    const token = authority.grantOf(record).accessTokens.find(({ id }) => id === record.id) ?? null;
    const cause = outcome.kind === 'refused' ? outcome.cause : 'unknown-token';
    return { refused: cause, token, effects: outcome.effects };
  };

  const connect = ({ id, tenant, atMs, owner = 'service', scopes = service.scopes }: ConnectRequest) => {
    const identity: AccountIdentity = { id, tenant };
    authority.addAccount(identity);
    tenantNames.add(tenant);
    accounts.push(identity);
    defaultAccount ??= identity;
    const { outcome, effects } = authority.consent({
      account: identity,
      clientId,
      scopes,
      offline: true,
      atMs,
    });
    const { endpoints, tokenRequest, statesLifetime } = service;
    const url = (path: string | undefined) => (path === undefined ? null : `${origin}${path}`);
    const authorizeUrl = url(endpoints.authorize[0]);
    const installation = service.installationOf?.(identity) ?? null;
    const account: Account = {
      id,
      service: service.id,
      tenant,
      owner,
      apiUrl: origin,
      tokenUrl: `${origin}${endpoints.token[0].replace('{installation}', installation ?? '')}`,
      revokeUrl: url(endpoints.revoke[0]),
      authorizeUrl,
      reauthUrl:
        authorizeUrl === null ? null : reauthUrl(authorizeUrl, clientId, id, origin, service.reauthQuery),
      clientId,
      clientSecret: secret,
      accessToken: authority.value(outcome.access.id),
      refreshToken: outcome.refresh === null ? null : authority.value(outcome.refresh.id),
      expiresAt:
        statesLifetime && outcome.access.expiresAtMs !== null
          ? new Date(outcome.access.expiresAtMs).toISOString()
          : null,
      scopes,
      installation,
      tokenRequest: { encoding: tokenRequest.encoding, clientAuth: tokenRequest.clientAuth[0] ?? 'body' },
      authorization: 'Bearer {token}',
    };
    return { account, effects };
  };

  return {
    service,
    origin,
    authority,
    connect,
    identify,
    handle,
    act: (accountId, act, nowMs) => perform(authority, service.acts ?? {}, accountId, act, nowMs),
    data,
  };
}

function endpointOf(service: Service, request: Request): Endpoint {
  const { token, revoke, authorize } = service.endpoints;
  const isToken = request.method === 'POST' && token.includes(request.path);
  if (isToken && !service.routes.some((route) => route.issuesFor && route.path === request.path))
    return 'token';
  if (revoke.includes(request.path) && (request.method === 'POST' || request.method === 'GET'))
    return 'revoke';
  if (request.method === 'GET' && authorize.includes(request.path)) return 'authorize';
  return 'resource';
}

function presented(authority: Authority, value: string | null): Pick<Identified, 'account' | 'token'> {
  if (value === null) return { account: null, token: null };
  const record = authority.token(value);
  return record === null
    ? { account: null, token: 'unminted' }
    : { account: record.account.id, token: record.id };
}

type RowIndex = (at: WireRow['at'], cause: Refusal, route: string | null) => WireRow | null;

function indexRows(wire: readonly WireRow[]): RowIndex {
  const everywhere = '';
  const keyOf = (at: WireRow['at'], cause: Refusal, route: string) => `${at} ${cause} ${route}`;
  const index = new Map(
    wire.flatMap((row) =>
      row.causes.flatMap((cause) =>
        (row.routes ?? [everywhere]).map((route) => [keyOf(row.at, cause, route), row] as const),
      ),
    ),
  );
  return (at, cause, route) =>
    index.get(keyOf(at, cause, route ?? everywhere)) ?? index.get(keyOf(at, cause, everywhere)) ?? null;
}

function reauthUrl(
  authorizeUrl: string,
  clientId: string,
  accountId: string,
  origin: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(authorizeUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('redirect_uri', `${origin}/_hour4/connected`);
  url.searchParams.set('login_hint', accountId);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url.href;
}

// What no service models must be loud: a subject's failure here says something about the mock, not about the subject.
function unmodelledAnswer(service: Service, request: Request, cause: Refusal, detail: string | null): Answer {
  const part = detail === null ? '' : ` (${detail})`;
  const message =
    cause === 'unmodelled'
      ? `the mock of ${service.id} has no route for ${request.method} ${request.path}${part}`
      : `the mock of ${service.id} has no words for "${cause}" at ${request.method} ${request.path}`;
  return {
    status: 501,
    headers: { 'content-type': 'application/json' },
    body: { hour4: 'unmodelled', message },
  };
}
