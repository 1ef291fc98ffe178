// `box`: refresh tokens that can be used once, and a dead access token that is told in a header only.

import { empty, json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { withPolicy } from '../../variant.ts';
import { API_WIRE } from './api-wire.ts';
import { clientCredentials } from './client-credentials.ts';
import { FACTS } from './facts.ts';
import { FILE_ROUTES } from './file-routes.ts';
import { FOLDER_ROUTES } from './folder-routes.ts';
import { jwtAssertion } from './jwt-assertion.ts';
import { CALLS_PER_MINUTE, MINUTE_WINDOW_MS } from './limits.ts';
import { CLIENT_WIRE, OAUTH_WIRE } from './oauth-wire.ts';
import { seed } from './seed.ts';
import { USER_ROUTES } from './users.ts';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

const tokenAnswer = ({ access, refresh, expiresIn }: Granted) =>
  json(200, {
    access_token: access.value,
    ...(expiresIn === null ? {} : { expires_in: expiresIn }),
    restricted_to: [],
    ...(refresh === null ? {} : { refresh_token: refresh.value }),
    token_type: 'bearer',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });

const concurrentUse: Variant = {
  title: 'a used refresh token works again for some seconds, so that concurrent refreshes succeed',
  status: 'real',
  source:
    'staff at support.box.com: single use, except for some concurrency scenarios; ten seconds are a guess',
  apply: (service) => withPolicy(service, { graceMs: 10 * SECOND_MS }),
};

const familyRevoked: Variant = {
  title: 'a refresh token that comes back ends the whole grant',
  status: 'claimed',
  source: 'the widespread claim that every provider that rotates follows RFC 9700 section 4.14.2',
  apply: (service) => withPolicy(service, { reuse: 'family-revoked' }),
};

const box: Service = {
  id: 'box',
  title: 'Box: OAuth, files and folders',
  hosts: ['account.box.com', 'api.box.com'],
  policy: {
    access: { kind: 'range', minMs: 3600 * SECOND_MS, maxMs: 4200 * SECOND_MS },
    refresh: { kind: 'fixed', ttlMs: 60 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: null,
    codeTtlMs: 30 * SECOND_MS,
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: ['root_readwrite'],
  endpoints: {
    token: ['/oauth2/token'],
    revoke: ['/oauth2/revoke'],
    authorize: ['/api/oauth2/authorize'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['body'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => randomness.chars(32, 'token', key),
  mintRefresh: (randomness, key) => randomness.chars(64, 'refresh token', key),
  tokenAnswer,
  revocationNeedsClient: true,
  revokeAnswer: () => empty(200),
  wire: [...CLIENT_WIRE, ...OAUTH_WIRE, ...API_WIRE],
  routes: [...USER_ROUTES, ...FOLDER_ROUTES, ...FILE_ROUTES],
  usageWindowMs: MINUTE_WINDOW_MS,
  seed,
  variants: {
    'concurrent-use': concurrentUse,
    'client-credentials': clientCredentials,
    'jwt-assertion': jwtAssertion,
    'family-revoked': familyRevoked,
  },
};

export default box;
