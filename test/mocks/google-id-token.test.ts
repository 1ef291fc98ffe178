// Who asked Google for openid gets an id token beside each access token, and can verify it.

import { createHash, createPublicKey, type JsonWebKeyInput, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { readJwt } from '../../mocks/jwt.ts';
import google from '../../mocks/services/google/index.ts';
import { bodyOf, START_MS, visit } from './visit.ts';

test('comes with a refresh, is for this client and this access token, and verifies with a published key', () => {
  const { refresh, call, account } = visit(google, { scopes: ['openid', 'email'] });
  const { id_token, access_token } = bodyOf(refresh());
  const token = String(id_token);
  const digest = createHash('sha256').update(String(access_token)).digest();
  expect(readJwt(token)).toEqual({
    iss: 'https://accounts.google.com',
    azp: account.clientId,
    aud: account.clientId,
    sub: String(bodyOf(call('/oauth2/v3/userinfo')).sub),
    email: 'acme-google@acme.example',
    email_verified: true,
    at_hash: digest.subarray(0, 16).toString('base64url'),
    iat: START_MS / 1000,
    exp: START_MS / 1000 + 3600,
  });
  const { keys } = bodyOf(call('/oauth2/v3/certs', { token: null })) as {
    keys: (JsonWebKeyInput['key'] & { kid: string })[];
  };
  const [head = '', claims = '', signature = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
  const key = createPublicKey({ key: keys.find((one) => one.kid === kid) ?? {}, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  expect(verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
});

test('tells no address to who asked for none, and does not come without openid', () => {
  const { id_token } = bodyOf(visit(google, { scopes: ['openid'] }).refresh());
  expect(readJwt(String(id_token))).not.toHaveProperty('email');
  expect(bodyOf(visit(google).refresh())).not.toHaveProperty('id_token');
});
