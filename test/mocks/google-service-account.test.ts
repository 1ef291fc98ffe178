// A service account of Google: tokens for assertions that its key has signed, timed to within the hour.

import { expect, test } from 'vitest';
import { signJwt } from '../../mocks/jwt.ts';
import google from '../../mocks/services/google/index.ts';
import { serviceAccount } from '../../mocks/services/google/service-account.ts';
import { bodyOf, visit } from './visit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const READONLY = 'https://www.googleapis.com/auth/drive.readonly';

function arrive() {
  const visited = visit(serviceAccount.apply(google));
  const { account, clock, form } = visited;
  const ask = (iatMs: number, expMs: number, more: Record<string, string> = {}) =>
    form('/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signJwt(
        {
          iss: account.clientId,
          iat: (clock.nowMs + iatMs) / 1000,
          exp: (clock.nowMs + expMs) / 1000,
          aud: account.tokenUrl,
          ...more,
        },
        account.clientSecret ?? '',
      ),
    });
  return { ...visited, ask };
}

test('a token is had for an assertion, lasts an hour, and comes without a refresh token', () => {
  const { account, ask, call, advance } = arrive();
  expect(account.refreshToken).toBeNull();
  const answer = bodyOf(ask(0, HOUR, { scope: READONLY }));
  expect(answer).toMatchObject({ expires_in: 3599, scope: READONLY, token_type: 'Bearer' });
  expect(answer).not.toHaveProperty('refresh_token');
  const asked = () => call('/drive/v3/files', { token: String(answer.access_token) }).truth;
  advance(HOUR - 1);
  expect(asked()).toBe('ok');
  advance(1);
  expect(asked()).toBe('expired');
});

test('a clock may be off by five minutes, and an assertion may last an hour', () => {
  const { ask } = arrive();
  expect(ask(5 * MINUTE, HOUR).truth).toBe('ok');
  expect(ask(-HOUR, 0).truth).toBe('ok');
  expect(ask(6 * MINUTE, HOUR).truth).toBe('assertion-from-future');
  expect(ask(-2 * HOUR, -HOUR).truth).toBe('assertion-expired');
  expect(ask(0, HOUR + 1000).truth).toBe('assertion-too-long');
});

test('without delegation each service account speaks for itself, whichever was first', () => {
  const { ask, connect, account } = arrive();
  const other = connect('globex-google', 'globex');
  expect(other.clientId).not.toBe(account.clientId);
  expect(ask(0, HOUR)).toMatchObject({ truth: 'ok', account: account.id });
  expect(ask(0, HOUR, { iss: other.clientId })).toMatchObject({ truth: 'ok', account: other.id });
});

test('the audience is the token endpoint, by its own name or by that which the libraries know', () => {
  const { ask } = arrive();
  expect(ask(0, HOUR, { aud: 'https://oauth2.googleapis.com/token' }).truth).toBe('ok');
  const refused = ask(0, HOUR, { aud: 'https://sheets.googleapis.com/' });
  expect(refused.truth).toBe('assertion-invalid');
  expect(bodyOf(refused).error_description).toMatch(/^Invalid JWT: Failed audience check\./);
});

test('with delegation the assertion names the user; nobody gets a scope that was not granted', () => {
  const { ask, connect } = arrive();
  const other = connect('globex-google', 'globex');
  expect(ask(0, HOUR, { sub: other.installation ?? '' })).toMatchObject({ truth: 'ok', account: other.id });
  expect(ask(0, HOUR, { sub: 'nobody@elsewhere.example' }).truth).toBe('assertion-invalid');
  expect(ask(0, HOUR, { scope: 'https://www.googleapis.com/auth/calendar' }).truth).toBe('scope-exceeds');
});
