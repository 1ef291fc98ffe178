// `plain`: a service that follows RFC 6749, 6750, 7009 and 7662 and nothing else. The example to copy.

import { cellsOf } from '../cells.ts';
import { json, parseJsonObject } from '../http.ts';
import type { Call, Granted, Handled, Refused, Route, Service, WireRow } from '../service.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const RFC_6749 = { source: 'RFC 6749 section 5.2', sureness: 'documented' } as const;
const RFC_6750 = { source: 'RFC 6750 section 3.1', sureness: 'documented' } as const;

const ITEMS = '/v1/items';

const tokenError = (status: number, error: string, description: string) => () =>
  json(status, { error, error_description: description }, { 'cache-control': 'no-store' });

const bearerError = (status: number, error: string, description: string) => (refused: Refused) => {
  const scope = error === 'insufficient_scope' ? `, scope="${refused.needsOneOf.join(' ')}"` : '';
  const challenge = `Bearer realm="plain", error="${error}", error_description="${description}"${scope}`;
  return json(status, { error, error_description: description }, { 'www-authenticate': challenge });
};

const wire: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [
      'unknown-token',
      'expired',
      'idle',
      'capped',
      'rotated',
      'reused',
      'evicted',
      'wrong-client',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
      'reauth-required',
    ],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_grant', 'The refresh token is invalid, expired or revoked.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: ['unknown-code', 'used-code', 'expired-code', 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_grant', 'The authorization code is invalid, expired or used.'),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: ['ip-restricted', 'service-restricted'],
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    ...RFC_6749,
    answer: tokenError(400, 'unauthorized_client', 'The client may not use this grant now.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    ...RFC_6749,
    answer: tokenError(401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    ...RFC_6749,
    answer: tokenError(400, 'unsupported_grant_type', 'The grant type is not supported.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_request', 'A required parameter is missing.'),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'read admin' }],
    ...RFC_6749,
    answer: tokenError(400, 'invalid_scope', 'The requested scope exceeds the scope granted.'),
  },
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR }, { call: '/v1/me' }],
    ...RFC_6750,
    answer: bearerError(401, 'invalid_token', 'The access token expired.'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: [
      'unknown-token',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'session-ended',
      'superseded',
      'reused',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, { call: '/v1/me' }],
    ...RFC_6750,
    answer: bearerError(401, 'invalid_token', 'The access token is not valid.'),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: '/v1/me', as: 'nobody' }],
    ...RFC_6750,
    answer: () => json(401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer realm="plain"' }),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v1/admin' }],
    ...RFC_6750,
    answer: bearerError(403, 'insufficient_scope', 'The token lacks a scope that this resource needs.'),
  },
  {
    id: 'denied',
    at: 'resource',
    causes: [
      'denied-by-policy',
      'ip-restricted',
      'session-policy',
      'api-disabled',
      'org-without-api',
      'service-restricted',
    ],
    produce: [{ act: 'deny-by-policy' }, { call: '/v1/me' }],
    source: 'RFC 9110 section 15.5.4',
    sureness: 'documented',
    answer: () => json(403, { error: 'forbidden', error_description: 'You may not do this.' }),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${ITEMS}/no-such-item` }],
    source: 'RFC 9110 section 15.5.5',
    sureness: 'documented',
    answer: () => json(404, { error: 'not_found' }),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: ITEMS, method: 'POST', body: 'not json' }],
    ...RFC_6750,
    answer: ({ detail }) => json(400, { error: 'invalid_request', error_description: detail ?? '' }),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: 'RFC 7009 section 2.2.1',
    sureness: 'documented',
    answer: tokenError(400, 'invalid_request', 'The token parameter is missing.'),
  },
  {
    id: 'revocation-of-unknown',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: 'RFC 7009 section 2.2: invalid tokens do not cause an error',
    sureness: 'documented',
    answer: () => json(200, {}),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: 'RFC 7009 section 2.2.1',
    sureness: 'documented',
    answer: tokenError(401, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'RFC 6749 section 4.1.2.1',
    sureness: 'documented',
    answer: ({ cause }) => json(400, { error: 'invalid_request', error_description: cause }),
  },
];

const routes: readonly Route[] = [
  {
    id: 'me',
    method: 'GET',
    path: '/v1/me',
    needsOneOf: [],
    effect: 'read',
    handle: ({ account, scopes }) => ({
      answer: json(200, { id: account.id, tenant: account.tenant, scopes: [...scopes] }),
    }),
  },
  {
    id: 'items.list',
    method: 'GET',
    path: ITEMS,
    needsOneOf: ['read'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, { items: data('items').list() }) }),
  },
  {
    id: 'items.create',
    method: 'POST',
    path: ITEMS,
    needsOneOf: ['write'],
    effect: 'write',
    handle: (call) => createItem(call),
  },
  {
    id: 'items.read',
    method: 'GET',
    path: `${ITEMS}/{id}`,
    needsOneOf: ['read'],
    effect: 'read',
    handle: ({ data, params }) => found(data('items').get(params.id ?? '')),
  },
  {
    id: 'items.change',
    method: 'PATCH',
    path: `${ITEMS}/{id}`,
    needsOneOf: ['write'],
    effect: 'write',
    handle: (call) => changeItem(call),
  },
  {
    id: 'items.delete',
    method: 'DELETE',
    path: `${ITEMS}/{id}`,
    needsOneOf: ['write'],
    effect: 'write',
    handle: ({ data, params }) => {
      const id = params.id ?? '';
      if (!data('items').delete(id)) return { refused: 'not-found' };
      return {
        answer: { status: 204, headers: {}, body: '' },
        writes: [{ place: `items/${id}`, cells: { deleted: 'true' } }],
      };
    },
  },
  {
    id: 'jobs.create',
    method: 'POST',
    path: '/v1/jobs',
    needsOneOf: ['write'],
    effect: 'write',
    handle: ({ data, nowMs, request }) => {
      const jobs = data('jobs');
      const wanted = parseJsonObject(request.body)?.durationMs;
      const durationMs = typeof wanted === 'number' && wanted >= 0 ? wanted : 10 * MINUTE;
      const id = `job-${jobs.nextNumber()}`;
      jobs.put(id, { id, readyAtMs: nowMs + durationMs });
      return {
        answer: json(202, { id, status: 'running' }),
        writes: [{ place: 'jobs', cells: { durationMs: String(durationMs) } }],
      };
    },
  },
  {
    id: 'jobs.read',
    method: 'GET',
    path: '/v1/jobs/{id}',
    needsOneOf: ['read'],
    effect: 'read',
    handle: ({ data, params, nowMs }) => {
      const job = data('jobs').get(params.id ?? '');
      if (job === null) return { refused: 'not-found' };
      const status = nowMs >= Number(job.readyAtMs) ? 'done' : 'running';
      return { answer: json(200, { id: job.id ?? null, status }) };
    },
  },
  {
    id: 'admin',
    method: 'GET',
    path: '/v1/admin',
    needsOneOf: ['admin'],
    effect: 'read',
    handle: ({ account }) => ({ answer: json(200, { tenant: account.tenant, admin: true }) }),
  },
  {
    id: 'introspect',
    method: 'POST',
    path: '/oauth/introspect',
    auth: 'none',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => introspect(call),
  },
];

function createItem({ data, request }: Call): Handled {
  const body = parseJsonObject(request.body);
  if (body === null) return { refused: 'bad-request', detail: 'The body must be a JSON object.' };
  const items = data('items');
  const id = typeof body.id === 'string' ? body.id : `item-${items.nextNumber()}`;
  const item = { ...body, id };
  items.put(id, item);
  return { answer: json(201, item), writes: [{ place: 'items', cells: cellsOf(body) }] };
}

function changeItem({ data, request, params }: Call): Handled {
  const body = parseJsonObject(request.body);
  if (body === null) return { refused: 'bad-request', detail: 'The body must be a JSON object.' };
  const id = params.id ?? '';
  const old = data('items').get(id);
  if (old === null) return { refused: 'not-found' };
  const item = { ...old, ...body, id };
  data('items').put(id, item);
  return { answer: json(200, item), writes: [{ place: `items/${id}`, cells: cellsOf(body) }] };
}

function introspect({ request, tokens }: Call): Handled {
  const token = new URLSearchParams(request.body).get('token');
  const view = token === null ? null : tokens.find(token);
  if (view === null || !view.live) return { answer: json(200, { active: false }) };
  return {
    answer: json(200, {
      active: true,
      client_id: view.clientId,
      sub: view.account.id,
      scope: view.scopes.join(' '),
      iat: Math.floor(view.issuedAtMs / 1000),
      ...(view.expiresAtMs === null ? {} : { exp: Math.floor(view.expiresAtMs / 1000) }),
    }),
  };
}

const found = (object: ReturnType<ReturnType<Call['data']>['get']>): Handled =>
  object === null ? { refused: 'not-found' } : { answer: json(200, object) };

const plain: Service = {
  id: 'plain',
  title: 'A plain OAuth 2.0 service, by the RFCs',
  hosts: ['plain.example'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR },
    refresh: { kind: 'idle', windowMs: 30 * DAY },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'family-revoked',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE,
  },
  facts: [
    {
      about: 'rotation',
      says: 'a used refresh token is replaced, and its return revokes the family',
      source: 'RFC 9700 section 4.14.2',
      sureness: 'documented',
    },
    {
      about: 'code lifetime',
      says: 'an authorization code lives at most ten minutes',
      source: 'RFC 6749 section 4.1.2',
      sureness: 'documented',
    },
  ],
  scopes: ['read', 'write'],
  endpoints: { token: ['/oauth/token'], revoke: ['/oauth/revoke'], authorize: ['/oauth/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `plain-at-${randomness.chars(40, 'token', key)}`,
  mintRefresh: (randomness, key) => `plain-rt-${randomness.chars(40, 'token', key)}`,
  tokenAnswer: ({ access, refresh, expiresIn, scopes }: Granted) =>
    json(
      200,
      {
        access_token: access.value,
        token_type: 'Bearer',
        ...(expiresIn === null ? {} : { expires_in: expiresIn }),
        ...(refresh === null ? {} : { refresh_token: refresh.value }),
        scope: scopes.join(' '),
      },
      { 'cache-control': 'no-store', pragma: 'no-cache' },
    ),
  revokeAnswer: () => json(200, {}),
  wire,
  routes,
  seed: () => ({
    items: [
      { id: 'item-1', name: 'first' },
      { id: 'item-2', name: 'second' },
    ],
  }),
  variants: {
    'same-words': {
      title: 'an expired token and a denied permission get byte for byte the same answer',
      status: 'claimed',
      source: 'challenge 53: expiry and denial are identical',
      apply: (service) => ({
        ...service,
        wire: service.wire.map((row) =>
          row.at === 'resource' && SAME_WORDS.has(row.id)
            ? { ...row, answer: () => json(403, { error: 'forbidden', error_description: 'Access denied' }) }
            : row,
        ),
      }),
    },
  },
};

const SAME_WORDS = new Set(['access-token-expired', 'access-token-dead', 'scope-missing', 'denied']);

export default plain;
