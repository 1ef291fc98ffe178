// `plain`: a service that follows RFC 6749, 6750, 7009 and 7662 and nothing else. The example to copy.

import { json } from '../../http.ts';
import type { Granted, Service } from '../../service.ts';
import { withPolicy } from '../../variant.ts';
import { routes } from './routes.ts';
import { CALLS_WHEN_BUSY, wire } from './wire.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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
  revocationNeedsClient: true,
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
    busy: {
      title: 'others have used up most of the quota: twenty calls an hour are left',
      status: 'real',
      source: 'RFC 6585 section 4: 429 Too Many Requests, with Retry-After',
      apply: (service) => ({
        ...withPolicy(service, { callsPerWindow: CALLS_WHEN_BUSY }),
        usageWindowMs: HOUR,
      }),
    },
  },
};

const SAME_WORDS = new Set(['access-token-expired', 'access-token-dead', 'scope-missing', 'denied']);

export default plain;
