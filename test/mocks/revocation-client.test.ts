// Whoever asks for a revocation must show to be the client (RFC 7009 section 2.1): a stolen token alone ends nothing.

import { expect, test } from 'vitest';
import type { Service } from '../../mocks/service.ts';
import auth0 from '../../mocks/services/auth0/index.ts';
import discord from '../../mocks/services/discord/index.ts';
import intuit from '../../mocks/services/intuit/index.ts';
import okta from '../../mocks/services/okta/index.ts';
import xero from '../../mocks/services/xero/index.ts';
import { bodyOf, visit } from './visit.ts';

const WORDS: readonly (readonly [string, Service, number, object])[] = [
  ['xero', xero, 400, { error: 'invalid_client' }],
  ['intuit', intuit, 401, { error: 'invalid_client' }],
  ['okta', okta, 401, { errorCode: 'invalid_client' }],
  ['auth0', auth0, 401, { error: 'access_denied' }],
  ['discord', discord, 401, { error: 'invalid_client' }],
];

test.each(WORDS)('%s takes no revocation without the client', (_id, service, status, words) => {
  const { form, account, client, refresh } = visit(service);
  const [path = ''] = service.endpoints.revoke;
  const fields = { token: account.refreshToken ?? '' };
  const refused = form(path, fields);
  expect([refused.truth, refused.answer.status]).toEqual(['unknown-client', status]);
  expect(bodyOf(refused)).toMatchObject(words);
  expect(form(path, { ...fields, client_id: client.client_id }).truth).toBe('wrong-secret');
  const fresh = bodyOf(refresh()).refresh_token ?? account.refreshToken;
  expect(form(path, { ...client, token: String(fresh) }).truth).toBe('ok');
  expect(refresh(String(fresh)).truth).toBe('revoked-by-client');
});
