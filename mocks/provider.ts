// A running service: the books, the data and the routes of one mocked SaaS behind one function, without a socket.

import type { Account } from './account.ts';
import { type Act, perform } from './acts.ts';
import { type Authority, type Client, createAuthority } from './authority.ts';
import { answerAuthorizeRequest } from './authorize-endpoint.ts';
import { createBuckets } from './bucket.ts';
import type { Exchange, Identified } from './exchange.ts';
import type { AccessToken, Effect, RefreshToken } from './grant.ts';
import type { Answer, JsonObject, Request } from './http.ts';
import { createEndpoints, identify } from './identify.ts';
import { createMeter, type Reading } from './meter.ts';
import { newAccount } from './new-account.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import { answerResourceRequest, type Seen } from './resource-endpoint.ts';
import { answerRevokeRequest } from './revoke-endpoint.ts';
import { createRouter, type RouteMatch } from './route.ts';
import type { Running } from './running.ts';
import type { AccountIdentity, Service, WireRow, Write } from './service.ts';
import { type Collections, createCollections } from './store.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import type { Webhook } from './webhook.ts';
import { indexRows } from './wire-rows.ts';

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
  /** What subscribers check the service's messages with; null where it sends none. */
  readonly webhookSecret: string | null;
  /** The message that the service sends for an act; null where it says nothing. `key` is different for each message. */
  tell(accountId: string, act: Act['act'], nowMs: number, key: string): Webhook | null;
  /** The collections of a tenant. */
  data(tenant: string): Collections;
}

const DAY_MS = 86_400_000;

/** Starts a service. */
export function createProvider(service: Service, options: ProviderOptions): Provider {
  const { origin, randomness } = options;
  const authority = createAuthority(service, randomness);
  const accounts: AccountIdentity[] = [];
  const first = firstClient(service, randomness);
  authority.addClient(first);
  const clientOf = (account: AccountIdentity): Client => {
    if (service.clientIdOf === undefined) return first;
    const own = { ...first, id: service.clientIdOf(account) };
    authority.addClient(own);
    return own;
  };
  const running: Running = {
    service,
    origin,
    randomness,
    authority,
    accounts,
    rows: indexRows(service.wire),
    meter: createMeter(service.usageWindowMs ?? DAY_MS),
    repetitions: createMeter(service.policy.equalTokenRequests?.windowMs ?? DAY_MS),
    spend: createBuckets(service.policy.buckets ?? {}),
    endpoint: createEndpoints(service),
    route: createRouter(service.routes),
    data: tenantData(service, options.data ?? {}),
  };

  const connect = ({ id, tenant, atMs, owner = 'service', scopes = service.scopes }: ConnectRequest) => {
    const identity: AccountIdentity = { id, tenant };
    authority.addAccount(identity);
    accounts.push(identity);
    const client = clientOf(identity);
    // Whoever connects an account asks for all that keeps it connected; the scopes are the account's own.
    const query = { ...service.implied, ...service.reauthQuery };
    const offline = service.earnsRefreshToken({ query, scopes, first: true });
    const consent = { account: identity, clientId: client.id, scopes, offline, atMs, settled: true };
    const { outcome, effects } = authority.consent(consent);
    const { access, refresh } = outcome;
    return { account: newAccount(running, { identity, owner, client, scopes, access, refresh }), effects };
  };

  const webhookSecret = webhookSecretOf(service, first, randomness);

  return {
    service,
    origin,
    authority,
    connect,
    identify: (request) => identify(running, request),
    handle: (request, nowMs, key, identified = identify(running, request)) =>
      handle(reachedAt(running, request), request, nowMs, key, identified),
    act: (accountId, act, nowMs) => perform(authority, service.acts ?? {}, accountId, act, nowMs),
    data: running.data,
    webhookSecret,
    tell: (accountId, act, nowMs, key) => {
      const account = authority.account(accountId);
      if (account === null || webhookSecret === null) return null;
      const scopes = authority.grantsOf(accountId).flatMap((grant) => grant.scopes);
      const clientId = service.clientIdOf?.(account) ?? first.id;
      const refreshToken = () => newestRefreshToken(authority, accountId);
      const happened = { act, account, clientId, scopes, refreshToken, nowMs, secret: webhookSecret };
      return service.webhooks?.tell({ ...happened, origin, randomness, key }) ?? null;
    },
  };
}

function newestRefreshToken(authority: Authority, accountId: string): string | null {
  let newest: string | null = null;
  for (const { kind, account, value } of authority.secrets())
    if (kind === 'refresh' && account.id === accountId) newest = value;
  return newest;
}

function webhookSecretOf({ id, webhooks }: Service, client: Client, randomness: Randomness): string | null {
  if (webhooks === undefined) return null;
  if (webhooks.signedWith === 'client-secret') return client.secret;
  return `${webhooks.secretPrefix ?? ''}${randomness.chars(32, 'webhook secret', id)}`;
}

// Links in answers are to lead where the request came from.
const reachedAt = (running: Running, { origin }: Request): Running =>
  origin === undefined ? running : { ...running, origin };

function firstClient(service: Service, randomness: Randomness): Client {
  const isPublic = service.tokenRequest.clientAuth[0] === 'none';
  const secret = () => service.clientSecret?.(randomness) ?? randomness.chars(40, 'secret', service.id);
  return {
    id: service.clientId?.(randomness) ?? `${service.id}-client-${randomness.hex(12, 'client', service.id)}`,
    secret: isPublic ? null : secret(),
    deleted: false,
  };
}

function tenantData(service: Service, data: NonNullable<ProviderOptions['data']>): Running['data'] {
  const tenants = new Map<string, Collections>();
  const idField = (name: string) => service.idFields?.[name] ?? service.idFields?.['*'] ?? 'id';
  return (tenant) => {
    let collections = tenants.get(tenant);
    if (collections === undefined) {
      collections = createCollections({ ...service.seed(tenant), ...data }, idField);
      tenants.set(tenant, collections);
    }
    return collections;
  };
}

/** What is known of a refusal beside its cause. */
interface Particulars {
  readonly match?: RouteMatch | null;
  readonly token?: AccessToken | null;
  readonly reading?: Reading | null;
  readonly detail?: string | null;
  readonly code?: string | null;
}

function handle(
  running: Running,
  request: Request,
  nowMs: number,
  key: string,
  identified: Identified,
): Exchange {
  const { service, origin, randomness, authority, accounts, rows } = running;
  const { fields, endpoint, route: routeId, effect, account: presenter, token: presented } = identified;
  const named = { endpoint, route: routeId, effect, account: presenter, token: presented };
  const refuse = (
    at: WireRow['at'],
    cause: Refusal,
    { match = null, token = null, reading = null, detail = null, code = null }: Particulars = {},
    effects: readonly Effect[] = [],
  ): Exchange => {
    const route = match?.route ?? null;
    const row = rows(at, cause, route?.id ?? null);
    const needsOneOf = route?.needsOneOf ?? [];
    const refreshToken = at === 'token' ? refreshTokenOf(authority, fields.refresh_token) : null;
    const refused = { cause, nowMs, request, route, token, refreshToken, needsOneOf, reading, detail, code };
    const answer =
      row?.answer({ ...refused, randomness, key, origin }) ??
      unmodelledAnswer(service, request, cause, detail);
    return { ...named, answer, truth: cause, row: row?.id ?? null, effects, writes: [] };
  };
  const accept = (
    answer: Answer,
    account: string | null,
    effects: readonly Effect[],
    writes: readonly Write[] = [],
  ): Exchange => ({
    ...named,
    account: account ?? presenter,
    answer,
    truth: 'ok',
    row: null,
    effects,
    writes,
  });

  const at = running.endpoint(request);
  const nowhere =
    at === 'resource' ? null : (service.endpointRefusal?.(request.path, running.accounts) ?? null);
  if (nowhere !== null) return refuse(at, nowhere.refused, { detail: nowhere.detail ?? null });
  switch (at) {
    case 'token': {
      const reading = tooManyRepetitions(running, request, nowMs);
      if (reading !== null) return refuse('token', 'rate-limited', { reading });
      const context = { service, authority, accounts, randomness, origin, nowMs, key };
      const result = answerTokenRequest(context, request, fields);
      return 'refused' in result
        ? refuse('token', result.refused, { detail: result.detail }, result.effects)
        : accept(result.answer, result.account.id, result.effects);
    }
    case 'revoke': {
      const result = answerRevokeRequest(running, request, fields, nowMs);
      if ('refused' in result) return refuse('revoke', result.refused);
      const { dead } = result;
      if (dead !== null && rows('revoke', dead, null) !== null) return refuse('revoke', dead);
      return accept(service.revokeAnswer({ nowMs, randomness, key }), result.account, result.effects);
    }
    case 'authorize': {
      const defaultAccount = running.accounts[0] ?? null;
      const context = { service, authority, randomness, origin, nowMs, key, defaultAccount };
      const result = answerAuthorizeRequest(context, request);
      if ('refused' in result) return refuse('authorize', result.refused, { detail: result.detail });
      return { ...accept(result.answer, result.account?.id ?? null, []), truth: result.truth };
    }
    case 'resource': {
      const result = answerResourceRequest(running, request, nowMs, key);
      const exchange =
        'refused' in result
          ? refuse('resource', result.refused, result, result.effects)
          : accept(result.answer, result.account, result.effects, result.writes);
      return withHeaders(service, exchange, result, nowMs);
    }
  }
}

function tooManyRepetitions(
  { service, repetitions }: Running,
  { body, query }: Request,
  nowMs: number,
): Reading | null {
  const limit = service.policy.equalTokenRequests;
  if (limit === undefined) return null;
  // Not by the fields that were read: to write them down again would cost more than all the rest of the count.
  const reading = repetitions(isEmpty(query) ? body : `${body} ${JSON.stringify(query)}`, nowMs);
  return reading.calls > limit.most ? reading : null;
}

const isEmpty = (fields: Readonly<Record<string, string>>) => Object.keys(fields).length === 0;

function refreshTokenOf(authority: Authority, value: string | undefined): RefreshToken | null {
  const record = value === undefined ? null : authority.token(value, 'refresh');
  if (record === null) return null;
  return authority.grantOf(record).refreshTokens.find(({ id }) => id === record.id) ?? null;
}

function withHeaders(
  service: Service,
  exchange: Exchange,
  { match, token, reading }: Seen,
  nowMs: number,
): Exchange {
  const headers = service.resourceHeaders?.({
    nowMs,
    route: match?.route ?? null,
    calls: reading?.calls ?? null,
    resetsAtMs: reading?.resetsAtMs ?? null,
    callsPerWindow: service.policy.callsPerWindow ?? null,
    scopes: token?.scopes ?? null,
  });
  if (headers === undefined) return exchange;
  const { answer } = exchange;
  return { ...exchange, answer: { ...answer, headers: { ...headers, ...answer.headers } } };
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
