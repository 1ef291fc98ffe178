// `airtable`: a refresh ends the access token before it at once, whoever is still using it.

import { type Json, json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { forPublicClient } from '../../variant.ts';
import { seed } from './base.ts';
import { FACTS } from './facts.ts';
import { BASE_BUCKET } from './limit.ts';
import { ROUTES } from './routes.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function tokenAnswer({ access, refresh, expiresIn, refreshExpiresIn, scopes }: Granted) {
  const body: Record<string, Json> = {
    token_type: 'Bearer',
    scope: scopes.join(' '),
    access_token: access.value,
  };
  if (expiresIn !== null) body.expires_in = expiresIn;
  if (refresh !== null) body.refresh_token = refresh.value;
  if (refreshExpiresIn !== null) body.refresh_expires_in = refreshExpiresIn;
  return json(200, body);
}

const oldAccessLives: Variant = {
  title: 'a refresh leaves the access token before it alive to its stated end',
  status: 'claimed',
  source: 'what clients expect that refresh ahead of time; PipedreamHQ/pipedream#8727 asks Airtable for it',
  apply: (service) => ({ ...service, policy: { ...service.policy, oldAccess: 'lives-on' } }),
};

const publicClient: Variant = {
  title: 'an integration without a secret: its id stands in the body, and PKCE proves who it is',
  status: 'real',
  source: 'airtable.com/developers/web/api/oauth-reference: token creation request headers',
  apply: forPublicClient,
};

const airtable: Service = {
  id: 'airtable',
  title: 'Airtable: OAuth, and the records of a base',
  hosts: ['airtable.com', 'api.airtable.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 60 * MINUTE_MS },
    refresh: { kind: 'fixed', ttlMs: 60 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'dies',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    buckets: { calls: BASE_BUCKET },
  },
  facts: FACTS,
  scopes: ['data.records:read', 'data.records:write'],
  endpoints: { token: ['/oauth2/v1/token'], revoke: [], authorize: ['/oauth2/v1/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['basic'], insistsOn: ['clientAuth'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) =>
    `oaa${randomness.chars(14, 'token id', key)}.v1.${randomness.chars(64, 'token', key)}`,
  mintRefresh: (randomness, key) =>
    `oar${randomness.chars(14, 'refresh token id', key)}.v1.${randomness.chars(64, 'refresh token', key)}`,
  tokenAnswer,
  revokeAnswer: () => json(200, {}),
  wire: WIRE,
  routes: ROUTES,
  seed,
  variants: { 'old-access-lives': oldAccessLives, 'public-client': publicClient },
};

export default airtable;
