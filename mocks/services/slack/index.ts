// `slack`: everything is 200, tokens of twelve hours that rotate, and channels to read and write.

import { empty, json } from '../../http.ts';
import type { Granted, ResourceAnswer, Service, Variant } from '../../service.ts';
import { splitScope } from '../../token-request.ts';
import { CONVERSATION_METHODS } from './conversations.ts';
import { exchangeable } from './exchange.ts';
import { FACTS } from './facts.ts';
import { IDENTITY_METHODS } from './identity.ts';
import { routesOf } from './methods.ts';
import { readToken } from './presented.ts';
import { isPersons, minting, tellInstallation, tellTokens } from './tokens.ts';
import { userTokens } from './user-tokens.ts';
import { webhooksFor } from './webhooks.ts';
import { CALLS_A_MINUTE, WIRE } from './wire.ts';
import { botUserIdOf, installerIdOf, seed } from './workspace.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

// Only an installation says who installed, with the token of that person where the app asked for one.
const tokenAnswer = (granted: Granted) => {
  const { via, account, access } = granted;
  const body = tellTokens({ ok: true }, granted);
  if (!isPersons(access.value)) body.bot_user_id = botUserIdOf(account.tenant);
  tellInstallation(body, granted);
  if (via === 'authorization_code') body.authed_user = personIn(granted);
  return json(200, body);
};

const personIn = ({ account, beside }: Granted) => {
  const person = { id: installerIdOf(account.tenant) };
  return beside === undefined ? person : tellTokens(person, beside);
};

const userScopes = ({ user_scope = '' }: Readonly<Record<string, string>>) =>
  user_scope === '' ? null : splitScope(user_scope);

function resourceHeaders({ route, scopes }: ResourceAnswer): Record<string, string> {
  return {
    ...(scopes === null ? {} : { 'x-oauth-scopes': scopes.join(',') }),
    ...(route === null ? {} : { 'x-accepted-oauth-scopes': route.needsOneOf.join(',') }),
  };
}

const ROTATION_ROWS = new Set(['token-expired', 'scope-exceeds', 'refresh-barred']);

const withoutRotation: Variant = {
  title: 'token rotation is off: tokens never expire and there is no refresh token',
  status: 'real',
  source: 'docs.slack.dev/authentication/using-token-rotation',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'never' },
      refresh: { kind: 'none' },
      revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    },
    // What never expires never says so, and nobody refreshes.
    wire: service.wire.filter(({ id }) => !ROTATION_ROWS.has(id)),
  }),
};

const noGrace: Variant = {
  title: 'a used refresh token is dead at once',
  status: 'claimed',
  source: 'the widespread advice that rotation invalidates the old token at once',
  apply: (service) => ({ ...service, policy: { ...service.policy, graceMs: 0 } }),
};

const slack: Service = {
  id: 'slack',
  title: 'Slack: bot tokens with rotation, channels and messages',
  hosts: ['slack.com', 'api.slack.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: 12 * HOUR_MS },
    refresh: { kind: 'unlimited' },
    rotation: 'every-use',
    graceMs: MINUTE_MS,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
    liveAccessTokens: 2,
    callsPerWindow: CALLS_A_MINUTE,
  },
  facts: FACTS,
  scopes: ['channels:read', 'channels:history', 'chat:write'],
  endpoints: { token: ['/api/oauth.v2.access'], revoke: [], authorize: ['/oauth/v2/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['basic', 'body'] },
  implied: { response_type: 'code' },
  impliedGrantType: 'authorization_code',
  acts: { 'change-password': () => null },
  presentedToken: readToken,
  statesLifetime: true,
  earnsRefreshToken: () => true,
  besideScopes: userScopes,
  mintAccess: minting('b'),
  mintRefresh: (randomness, key) => `xoxe-1-${randomness.chars(140, 'token', key)}`,
  tokenAnswer,
  revokeAnswer: () => empty(200),
  wire: WIRE,
  routes: [...IDENTITY_METHODS, ...CONVERSATION_METHODS].flatMap(routesOf),
  usageWindowMs: MINUTE_MS,
  // Each method has a count of its own, however it is called.
  countedAs: ({ path }) => path,
  resourceHeaders,
  seed,
  webhooks: webhooksFor('bot', botUserIdOf),
  variants: {
    'without-rotation': withoutRotation,
    'no-grace': noGrace,
    exchangeable: exchangeable(withoutRotation),
    'user-tokens': userTokens,
  },
};

export default slack;
