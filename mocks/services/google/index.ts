// `google`: user grants that never rotate and die in six silent ways; Sheets, Drive and a little of Gmail behind them.

import { json } from '../../http.ts';
import type { Consent, Granted, Service } from '../../service.ts';
import { driveRoutes } from './drive.ts';
import { identityRoutes, idToken } from './identity.ts';
import { resourceWire, SHEETS_CALLS_A_MINUTE } from './resource-wire.ts';
import { DRIVE_READONLY, IDENTITY, isMailScope, SPREADSHEETS } from './scopes.ts';
import { serviceAccount } from './service-account.ts';
import { spreadsheetRoutes } from './spreadsheets.ts';
import { tokenWire } from './token-wire.ts';
import { valuesRoutes } from './values.ts';
import { RISC_ROUTES, WEBHOOKS } from './webhooks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const EXPIRATION = 'https://developers.google.com/identity/protocols/oauth2#expiration';

// The lifetimes that the server states are a second short of the ones it keeps: 3599 for an hour.
const tokenAnswer =
  ({ statesRefreshLifetime }: { readonly statesRefreshLifetime: boolean }) =>
  (granted: Granted) => {
    const { via, access, refresh, rotated, expiresIn, refreshExpiresIn, scopes } = granted;
    return json(
      200,
      {
        access_token: access.value,
        ...(expiresIn === null ? {} : { expires_in: Math.max(0, expiresIn - 1) }),
        ...(refresh !== null && (via === 'authorization_code' || rotated)
          ? { refresh_token: refresh.value }
          : {}),
        ...(statesRefreshLifetime && refreshExpiresIn !== null
          ? { refresh_token_expires_in: Math.max(0, refreshExpiresIn - 1) }
          : {}),
        scope: scopes.join(' '),
        token_type: 'Bearer',
        ...idToken(granted),
      },
      { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate' },
    );
  };

const isIdentity = (scopes: readonly string[]) => scopes.every((scope) => IDENTITY.includes(scope));

const google: Service = {
  id: 'google',
  title: 'Google: user OAuth, Sheets and Drive',
  hosts: [
    'oauth2.googleapis.com',
    'accounts.google.com',
    'sheets.googleapis.com',
    'www.googleapis.com',
    'gmail.googleapis.com',
  ],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR },
    refresh: { kind: 'idle', windowMs: 183 * DAY },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
    grantsPerAccount: 100,
    codeTtlMs: 10 * MINUTE,
    callsPerWindow: SHEETS_CALLS_A_MINUTE,
  },
  facts: [
    {
      about: 'access lifetime',
      says: 'one hour, not sliding; the answer states 3599',
      source: 'https://developers.google.com/identity/protocols/oauth2; answers in many issues',
      sureness: 'observed',
    },
    {
      about: 'refresh lifetime',
      says: 'dies when unused for six months, whatever its scopes; counted here as 183 days',
      source: EXPIRATION,
      sureness: 'documented',
    },
    {
      about: 'rotation',
      says: 'a refresh answer carries no refresh token; the same one is used again, and concurrent refreshes all succeed',
      source:
        'https://developers.google.com/identity/protocols/oauth2/web-server#offline; google-auth-library 10.9.1',
      sureness: 'documented',
    },
    {
      about: 'grants per account',
      says: 'one hundred refresh tokens per account and client; the oldest is invalidated without a warning',
      source: EXPIRATION,
      sureness: 'documented',
    },
    {
      about: 'refresh token',
      says: 'given only for access_type=offline, at the first consent or with prompt=consent',
      source: 'https://developers.google.com/identity/protocols/oauth2/web-server#offline',
      sureness: 'documented',
    },
    {
      about: 'password change',
      says: 'ends the grant only if it holds Gmail scopes',
      source: EXPIRATION,
      sureness: 'documented',
    },
    {
      about: 'revocation',
      says: 'revoking an access token revokes its refresh token too',
      source: 'https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke',
      sureness: 'documented',
    },
    {
      about: 'id token',
      says: 'comes with each access token of a grant that holds openid, for an hour, signed with a key at oauth2/v3/certs',
      source: 'https://developers.google.com/identity/openid-connect/openid-connect',
      sureness: 'documented',
    },
    {
      about: 'webhooks',
      says: 'Cross-Account Protection tells an app of its users who signed in with Google; counted here as those whose grant holds openid, email or profile. token-revoked names the refresh token by its first sixteen characters, in the mock never by the hash that Google may use instead; a deleted account is told as account-disabled, without a reason',
      source: 'https://developers.google.com/identity/protocols/risc; the scopes are the mock’s own reading',
      sureness: 'assumed',
    },
    {
      about: 'consent screens in testing',
      says: 'their grants die after seven days, but for those of name, address and profile alone; a variant does it',
      source: EXPIRATION,
      sureness: 'documented',
    },
    {
      about: 'service accounts',
      says: 'an assertion names the token endpoint as its audience, and acts for the service account itself unless it names a user; in the variant each account is a service account of its own, and all have one key',
      source: 'https://developers.google.com/identity/protocols/oauth2/service-account',
      sureness: 'documented',
    },
    {
      about: 'session control and clients in other words',
      says: 'rapt_required in place of invalid_rapt where no proof of presence came at all; disabled_client where Google has disabled a client',
      source: 'bodies in public issue threads; disabled_client is not confirmed',
      sureness: 'assumed',
    },
    {
      about: 'quota',
      says: 'Sheets allows a project 300 reads and 300 writes a minute, counted here for each tenant, and each user 60, which the mock does not count; beyond it 429 without Retry-After',
      source: 'https://developers.google.com/workspace/sheets/api/limits; the numbers are not confirmed',
      sureness: 'assumed',
    },
    {
      about: 'code lifetime',
      says: 'an authorization code lives ten minutes',
      source: 'RFC 6749 section 4.1.2; Google states none',
      sureness: 'assumed',
    },
  ],
  scopes: [SPREADSHEETS, DRIVE_READONLY],
  endpoints: {
    token: ['/token', '/oauth2/v4/token', '/o/oauth2/token'],
    revoke: ['/revoke', '/o/oauth2/revoke'],
    authorize: ['/o/oauth2/v2/auth', '/o/oauth2/auth'],
  },
  tokenRequest: { encoding: 'form', clientAuth: ['body', 'basic'] },
  statesLifetime: true,
  earnsRefreshToken: ({ query, first }: Consent) =>
    query.access_type === 'offline' && (first || /\bconsent\b/.test(query.prompt ?? '')),
  reauthQuery: { access_type: 'offline', prompt: 'consent' },
  acts: {
    'change-password': (grant) =>
      grant.scopes.some(isMailScope) ? { kind: 'revoke', cause: 'password-changed' } : null,
  },
  mintAccess: (randomness, key) => `ya29.${randomness.chars(100, 'token', key)}`,
  mintRefresh: (randomness, key) => `1//0${randomness.chars(80, 'token', key)}`,
  tokenAnswer: tokenAnswer({ statesRefreshLifetime: false }),
  revokeAnswer: () => json(200, {}),
  wire: [...tokenWire, ...resourceWire],
  routes: [...valuesRoutes, ...spreadsheetRoutes, ...driveRoutes, ...identityRoutes, ...RISC_ROUTES],
  usageWindowMs: MINUTE,
  // Sheets counts what reads and what writes apart; the other APIs have quotas that are not met here.
  countedAs: ({ id, effect }) => (id.startsWith('spreadsheets.') ? effect : null),
  webhooks: WEBHOOKS,
  seed: (tenant) => ({
    spreadsheets: [
      {
        spreadsheetId: `report-${tenant}`,
        properties: { title: 'Nightly report' },
        sheets: {
          Report: [
            ['item', 'owner', 'changed_at'],
            ['first', tenant, '2026-02-27T09:00:00.000Z'],
          ],
        },
      },
    ],
  }),
  idFields: { spreadsheets: 'spreadsheetId' },
  variants: {
    'service-account': serviceAccount,
    rotating: {
      title: 'every refresh replaces the refresh token, and the old one is dead at once',
      status: 'claimed',
      source:
        'the overnight article: "single-use"; the facts say otherwise, and Google\'s own client would lose the token',
      apply: (service) => ({ ...service, policy: { ...service.policy, rotation: 'every-use' } }),
    },
    'testing-7-days': {
      title:
        'the consent screen is in testing: a grant of more than identity dies seven days after the consent, used or not',
      status: 'real',
      source: EXPIRATION,
      apply: (service) => ({
        ...service,
        policy: {
          ...service.policy,
          refresh: { kind: 'absolute', ttlMs: 7 * DAY },
          refreshOfOnly: { scopes: IDENTITY, refresh: service.policy.refresh },
        },
        tokenAnswer: (granted) =>
          tokenAnswer({ statesRefreshLifetime: !isIdentity(granted.scopes) })(granted),
      }),
    },
    'never-for-some': {
      title: 'six months without use end a grant, but never one that holds scopes of identity only',
      status: 'claimed',
      source:
        'the overnight article: "after six months for some scopes and never for others", which it does not name',
      apply: (service) => ({
        ...service,
        policy: { ...service.policy, refreshOfOnly: { scopes: IDENTITY, refresh: { kind: 'unlimited' } } },
      }),
    },
  },
};

export default google;
