// Salesforce's JWT bearer flow: sessions for assertions that the app's certificate vouches for.

import { expect, test } from 'vitest';
import { signJwt } from '../../mocks/jwt.ts';
import salesforce from '../../mocks/services/salesforce/index.ts';
import { jwtBearer } from '../../mocks/services/salesforce/jwt-bearer.ts';
import { bodyOf, visit } from './visit.ts';

const MINUTE = 60_000;
const LIVE = '/services/data/v60.0/sobjects/Account/describe';

function arrive() {
  const visited = visit(jwtBearer.apply(salesforce));
  const { account, clock, form } = visited;
  const ask = (expMs: number, more: Record<string, string> = {}, key = account.clientSecret ?? '') =>
    form('/services/oauth2/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signJwt(
        {
          iss: account.clientId,
          sub: account.installation ?? '',
          aud: 'https://login.salesforce.com',
          exp: (clock.nowMs + expMs) / 1000,
          ...more,
        },
        key,
      ),
    });
  return { ...visited, ask };
}

test('a session is had for an assertion, comes without a refresh token, and has no stated end', () => {
  const { account, ask, call } = arrive();
  expect(account.refreshToken).toBeNull();
  const granted = bodyOf(ask(MINUTE));
  expect(granted).toMatchObject({ token_type: 'Bearer', scope: 'api refresh_token' });
  expect(granted).not.toHaveProperty('refresh_token');
  expect(granted).not.toHaveProperty('expires_in');
  expect(call(LIVE, { token: String(granted.access_token) }).truth).toBe('ok');
});

test('it is the session of the user who is named, whoever was first', () => {
  const { ask, connect } = arrive();
  const other = connect('globex-salesforce', 'globex');
  expect(ask(MINUTE, { sub: other.installation ?? '' })).toMatchObject({ truth: 'ok', account: other.id });
});

test.each([
  [0, {}, 'assertion-expired', 'expired authorization code'],
  [3 * MINUTE + 1000, {}, 'assertion-too-long', 'invalid assertion'],
  [MINUTE, { aud: 'https://acme.example' }, 'assertion-invalid', 'audience is invalid'],
  [MINUTE, { sub: 'nobody@acme.example' }, 'assertion-invalid', "user hasn't approved this consumer"],
])('an assertion of %i ms with %j is refused', (expMs, more, truth, error_description) => {
  const refused = arrive().ask(expMs, more);
  expect([refused.answer.status, refused.truth]).toEqual([400, truth]);
  expect(bodyOf(refused)).toEqual({ error: 'invalid_grant', error_description });
});

test('a certificate that was replaced opens nothing, and who revoked the app has not approved it', () => {
  const rotated = arrive();
  rotated.act({ act: 'rotate-client-secret' });
  expect(rotated.ask(MINUTE).truth).toBe('wrong-secret');
  const revoked = arrive();
  revoked.act({ act: 'revoke' });
  expect(bodyOf(revoked.ask(MINUTE)).error_description).toBe("user hasn't approved this consumer");
});
