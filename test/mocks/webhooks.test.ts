// Services that tell of the end of a grant sign what they tell, as their subscribers check it; the others stay silent.

import { createHmac, createPublicKey, type JsonWebKeyInput, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ActName } from '../../mocks/acts.ts';
import { readJwt } from '../../mocks/jwt.ts';
import type { Service } from '../../mocks/service.ts';
import { SERVICES } from '../../mocks/services/index.ts';
import { forged } from '../../mocks/webhook.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

const HOUR = 3_600_000;

function serviceOf(id: string, variant?: string): Service {
  const service = SERVICES.find((each) => each.id === id);
  if (service === undefined) throw new Error(`no service ${id}`);
  return variant === undefined ? service : (service.variants[variant]?.apply(service) ?? service);
}

function told(service: Service, act: ActName, key = 'first') {
  const { provider, account } = visit(service);
  return { provider, webhook: provider.tell(account.id, act, START_MS + HOUR, key) };
}

/** Whose users sign in: of others Google tells nothing. */
const signedIn = (service: Service): Service => ({ ...service, scopes: [...service.scopes, 'openid'] });

type Signed = (secret: string, body: string, headers: Readonly<Record<string, string>>) => string;

const hmac = (secret: string, text: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', secret).update(text).digest(encoding);

const SIGNED: readonly (readonly [string, string | undefined, ActName, string, string, Signed])[] = [
  [
    'github',
    undefined,
    'revoke',
    'github_app_authorization',
    'x-hub-signature-256',
    (s, b) => `sha256=${hmac(s, b)}`,
  ],
  [
    'github',
    'installation',
    'revoke',
    'installation',
    'x-hub-signature-256',
    (s, b) => `sha256=${hmac(s, b)}`,
  ],
  [
    'slack',
    undefined,
    'revoke',
    'tokens_revoked',
    'x-slack-signature',
    (s, b, h) => `v0=${hmac(s, `v0:${h['x-slack-request-timestamp']}:${b}`)}`,
  ],
  [
    'stripe',
    undefined,
    'revoke',
    'account.application.deauthorized',
    'stripe-signature',
    (s, b) => `t=${(START_MS + HOUR) / 1000},v1=${hmac(s, `${(START_MS + HOUR) / 1000}.${b}`)}`,
  ],
  [
    'shopify',
    undefined,
    'revoke',
    'app/uninstalled',
    'x-shopify-hmac-sha256',
    (s, b) => hmac(s, b, 'base64'),
  ],
  ['linear', undefined, 'revoke', 'OAuthAuthorization', 'linear-signature', (s, b) => hmac(s, b)],
];

describe.each(SIGNED)('%s (variant %s) on %s', (id, variant, act, event, header, signatureOf) => {
  const { provider, webhook } = told(serviceOf(id, variant), act);

  test('tells it by the vendor’s name, signed over the very bytes', () => {
    expect(webhook?.event).toBe(event);
    const { body = '', headers = {} } = webhook ?? {};
    expect(headers[header]).toBe(signatureOf(provider.webhookSecret ?? '', body, headers));
    expect(JSON.parse(body)).toBeTypeOf('object');
  });

  test('holds no token, and says the same again only for the same message', () => {
    for (const { value } of provider.authority.secrets()) expect(webhook?.body).not.toContain(value);
    expect(told(serviceOf(id, variant), act).webhook).toEqual(webhook);
    expect(told(serviceOf(id, variant), act, 'second').webhook).not.toEqual(webhook);
  });
});

test('an installation that is suspended can be unsuspended, and the app hears of both', () => {
  const github = serviceOf('github', 'installation');
  const actionAfter = (act: ActName) => JSON.parse(told(github, act).webhook?.body ?? '{}').action;
  expect([actionAfter('restrict-service'), actionAfter('lift-restrictions')]).toEqual([
    'suspend',
    'unsuspend',
  ]);
});

test('an OAuth app of GitHub is told nothing', () => {
  const { provider, webhook } = told(serviceOf('github', 'oauth-app'), 'revoke');
  expect([webhook, provider.webhookSecret]).toEqual([null, null]);
});

test('Linear names the client, the workspace and the user as its API does', () => {
  const linear = serviceOf('linear');
  const { account, call } = visit(linear);
  const query = '{ viewer { id name email } organization { id } }';
  const { data } = bodyOf(call('/graphql', { method: 'POST', body: { query } })) as {
    data: { viewer: { id: string }; organization: { id: string } };
  };
  expect(JSON.parse(told(linear, 'revoke').webhook?.body ?? '')).toMatchObject({
    action: 'revoked',
    createdAt: '2026-03-02T23:00:00.000Z',
    oauthClientId: account.clientId,
    oauthClient: { id: account.clientId },
    organizationId: data.organization.id,
    userId: data.viewer.id,
    user: data.viewer,
  });
});

test('a suspended installation is told as suspended, with the moment', () => {
  const { webhook } = told(serviceOf('github', 'installation'), 'restrict-service');
  expect(JSON.parse(webhook?.body ?? '')).toMatchObject({
    action: 'suspend',
    installation: { suspended_at: '2026-03-02T23:00:00.000Z' },
  });
});

test.each([
  ['revoke', 'oauth/event-type/token-revoked'],
  ['offboard', 'risc/event-type/account-disabled'],
  ['end-sessions', 'risc/event-type/sessions-revoked'],
] as const)('google tells %s as %s, in a token that its published key verifies', (act, event) => {
  const google = signedIn(serviceOf('google'));
  const { webhook } = told(google, act);
  const token = webhook?.body ?? '';
  const { call } = visit(google);
  const configuration = bodyOf(call('/.well-known/risc-configuration', { token: null }));
  const { keys } = bodyOf(call(new URL(String(configuration.jwks_uri)).pathname, { token: null })) as {
    keys: JsonWebKeyInput['key'][];
  };
  const [head = '', claims = '', signature = ''] = token.split('.');
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
  expect(
    verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url')),
  ).toBe(true);
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ typ: 'secevent+jwt' });
  expect(readJwt(token)).toMatchObject({
    iss: configuration.issuer,
    iat: (START_MS + HOUR) / 1000,
    events: { [`https://schemas.openid.net/secevent/${event}`]: {} },
  });
  expect(readJwt(token)).not.toHaveProperty('exp');
});

test('google names one revoked token by its beginning, and everything else by the user', () => {
  const google = signedIn(serviceOf('google'));
  const { account, call } = visit(google);
  const { issuer } = bodyOf(call('/.well-known/risc-configuration', { token: null }));
  expect(issuer).toBe('https://accounts.google.com/');
  const subjectOf = (act: ActName) => {
    const { events } = readJwt(told(google, act).webhook?.body ?? '') as {
      events: Record<string, { subject: object }>;
    };
    return Object.values(events)[0]?.subject;
  };
  expect(subjectOf('revoke')).toEqual({
    subject_type: 'oauth_token',
    token_type: 'refresh_token',
    token_identifier_alg: 'prefix',
    token: account.refreshToken?.slice(0, 16),
  });
  expect(subjectOf('withdraw-consent')).toMatchObject({ subject_type: 'iss-sub', iss: issuer });
});

test('a forged message differs in its signature alone, wherever that stands', () => {
  for (const id of ['github', 'slack', 'shopify', 'google']) {
    const { webhook } = told(signedIn(serviceOf(id)), 'revoke');
    if (webhook === null) throw new Error(`${id} tells nothing`);
    const wrong = forged(webhook);
    const changed = Object.keys(webhook.headers).filter(
      (name) => wrong.headers[name] !== webhook.headers[name],
    );
    expect([id, changed.length]).toEqual([id, id === 'google' ? 0 : 1]);
    const isSameBody = wrong.body === webhook.body;
    expect([id, isSameBody]).toEqual([id, id !== 'google']);
    expect(wrong.body.split('.').slice(0, 2)).toEqual(webhook.body.split('.').slice(0, 2));
    expect(wrong.body).toHaveLength(webhook.body.length);
  }
});

test('google says nothing of a user who has not signed in', () => {
  expect(told(serviceOf('google'), 'revoke').webhook).toBeNull();
});

test.each(['salesforce', 'hubspot', 'plain'])('%s says nothing when a grant ends', (id) => {
  const { provider, webhook } = told(serviceOf(id), 'revoke');
  expect({ secret: provider.webhookSecret, webhook }).toEqual({ secret: null, webhook: null });
});

test('no service tells of what concerns only calls', () => {
  for (const service of SERVICES) expect(told(service, 'deny-by-policy').webhook, service.id).toBeNull();
});

test('a service that signs with the client secret has no other', () => {
  const { provider } = told(serviceOf('shopify'), 'revoke');
  const [client] = provider.authority.clients.values();
  expect(provider.webhookSecret).toBe(client?.secret);
});
