// `anthropic`: OAuth for a public client, refresh tokens that are replaced, and an API that wants a beta header.

import { empty, json } from '../../http.ts';
import type { Granted, Service, Variant } from '../../service.ts';
import { apiError, idOf } from './answers.ts';
import { apiKey } from './api-key.ts';
import { FACTS } from './facts.ts';
import { CALLS_PER_MINUTE, limitHeaders, MINUTE_WINDOW_MS } from './limits.ts';
import { ROUTES } from './routes.ts';
import { accountIdOf, emailOf, organizationIdOf, seed } from './seed.ts';
import { WIRE } from './wire.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function tokenAnswer(granted: Granted) {
  const { access, refresh, expiresIn, refreshExpiresIn, scopes, account } = granted;
  return json(
    200,
    {
      token_type: 'Bearer',
      access_token: access.value,
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
      ...(refreshExpiresIn === null ? {} : { refresh_token_expires_in: refreshExpiresIn }),
      scope: scopes.join(' '),
      account: { uuid: accountIdOf(account), email_address: emailOf(account) },
      organization: { uuid: organizationIdOf(account.tenant), name: account.tenant },
    },
    { 'request-id': idOf('req', granted), 'cache-control': 'no-store' },
  );
}

const loser404: Variant = {
  title: 'a spent refresh token gets 404 instead of invalid_grant',
  status: 'real',
  source: 'anthropics/claude-code#27933',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) =>
      row.id === 'refresh-token-dead'
        ? {
            ...row,
            answer: (refused) =>
              refused.cause === 'rotated'
                ? apiError(refused, 404, 'not_found_error', 'Not Found')
                : row.answer(refused),
          }
        : row,
    ),
  }),
};

const refreshEndsAccess: Variant = {
  title: 'a refresh ends the access tokens that the grant gave before',
  status: 'real',
  source: 'anthropics/claude-code#58066: sessions that share a login push each other out',
  apply: (service) => ({ ...service, policy: { ...service.policy, oldAccess: 'dies' } }),
};

const singleLogin: Variant = {
  title: 'a new login ends the refresh token of the one before',
  status: 'real',
  source: 'anthropics/claude-code#20310',
  apply: (service) => ({ ...service, policy: { ...service.policy, grantsPerAccount: 1 } }),
};

const anthropic: Service = {
  id: 'anthropic',
  title: 'Anthropic: OAuth of a public client, messages and batches',
  hosts: ['api.anthropic.com', 'platform.claude.com', 'console.anthropic.com', 'claude.ai'],
  policy: {
    access: { kind: 'fixed', ttlMs: 8 * HOUR_MS },
    refresh: { kind: 'fixed', ttlMs: 30 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    callsPerWindow: CALLS_PER_MINUTE,
  },
  facts: FACTS,
  scopes: ['user:inference', 'user:profile'],
  endpoints: { token: ['/v1/oauth/token'], revoke: [], authorize: ['/oauth/authorize'] },
  tokenRequest: { encoding: 'json', clientAuth: ['none'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  mintAccess: (randomness, key) => `sk-ant-oat01-${randomness.chars(93, 'token', key)}AA`,
  mintRefresh: (randomness, key) => `sk-ant-ort01-${randomness.chars(93, 'token', key)}AA`,
  tokenAnswer,
  revokeAnswer: () => empty(200),
  wire: WIRE,
  routes: ROUTES,
  usageWindowMs: MINUTE_WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  variants: {
    'api-key': apiKey,
    'loser-404': loser404,
    'refresh-ends-access': refreshEndsAccess,
    'single-login': singleLogin,
  },
};

export default anthropic;
