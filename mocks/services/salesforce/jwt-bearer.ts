// The JWT bearer flow (RFC 7523): an app with a certificate, approved in advance, gets sessions for users and no refresh token.

import { ACCESS_TOKEN_ENDED, CLIENT_REFUSED, REFRESH_BARRED } from '../../causes.ts';
import type { JsonObject } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import type { Refusal } from '../../refusals.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { Refused, Variant, WireRow } from '../../service.ts';
import { byAssertion, JWT_BEARER, JWT_BEARER_BODY, livingByAssertions } from '../../signed-assertion.ts';
import { clientError, oauthError } from './answers.ts';
import { usernameOf } from './identity.ts';

const MINUTE_MS = 60_000;
const DOCS = 'help.salesforce.com: OAuth 2.0 JWT bearer flow';
const QUESTIONS = 'answers quoted in public question threads';
const AUDIENCE = 'https://login.salesforce.com';
const AUDIENCES = [AUDIENCE, 'https://test.salesforce.com'];
const LONGEST_MS = 3 * MINUTE_MS;

const CLAIMS = { aud: AUDIENCE, sub: usernameOf({ id: 'acme-salesforce', tenant: 'acme' }) };
const ASK = {
  assert: 'own',
  untilMs: MINUTE_MS,
  claims: CLAIMS,
  body: JWT_BEARER_BODY,
} as const;

const keyOf = (randomness: Randomness) => rsaPrivateKey(randomness, 'salesforce app');

const grant = byAssertion(keyOf, (claims, { nowMs, origin, tokens }) => {
  const late = refusalOfTimes(claims, nowMs);
  if (late !== null) return { refused: late };
  if (![origin, ...AUDIENCES].includes(String(claims.aud)))
    return { refused: 'assertion-invalid', detail: 'aud' };
  const account = tokens.accounts().find((one) => usernameOf(one) === claims.sub);
  return account === undefined ? { refused: 'assertion-invalid', detail: 'sub' } : { account, scopes: null };
});

function refusalOfTimes({ exp }: JsonObject, nowMs: number): Refusal | null {
  const expiresAtMs = Number(exp) * 1000;
  if (!(expiresAtMs > nowMs)) return 'assertion-expired';
  return expiresAtMs > nowMs + LONGEST_MS ? 'assertion-too-long' : null;
}

const notApproved = oauthError('invalid_grant', "user hasn't approved this consumer");

function invalid(refused: Refused) {
  const { detail } = refused;
  if (detail === 'sub') return notApproved(refused);
  return oauthError('invalid_grant', detail === 'aud' ? 'audience is invalid' : 'invalid assertion')(refused);
}

const wire: readonly WireRow[] = [
  {
    id: 'assertion-expired',
    at: 'token',
    causes: ['assertion-expired'],
    produce: [{ ...ASK, untilMs: -1000 }],
    source: `${QUESTIONS}: the words of a code that is too old`,
    sureness: 'observed',
    answer: oauthError('invalid_grant', 'expired authorization code'),
  },
  {
    id: 'assertion-invalid',
    at: 'token',
    causes: ['assertion-invalid', 'assertion-too-long'],
    produce: [{ ...ASK, claims: { ...CLAIMS, aud: 'https://acme.example' } }],
    source: `${QUESTIONS} for the audience; three minutes at most is from ${DOCS}`,
    sureness: 'observed',
    answer: invalid,
  },
  {
    id: 'user-not-approved',
    at: 'token',
    causes: [...ACCESS_TOKEN_ENDED, ...REFRESH_BARRED, 'reauth-required'],
    produce: [{ act: 'revoke' }, ASK],
    source: QUESTIONS,
    sureness: 'observed',
    answer: notApproved,
  },
  {
    id: 'bad-certificate',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ ...ASK, as: 'wrong-secret' }],
    source: 'as for an app with a secret; the words for a wrong certificate are not confirmed',
    sureness: 'assumed',
    answer: clientError,
  },
  {
    id: 'assertion-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing', grantType: JWT_BEARER }],
    source: 'RFC 7521 section 4.1; the description is a guess',
    sureness: 'assumed',
    answer: oauthError('invalid_request', 'missing required parameter: assertion'),
  },
  {
    id: 'grant-type-unsupported',
    at: 'token',
    causes: ['unsupported-grant-type', 'unknown-token', 'wrong-client'],
    produce: [{ refresh: 'missing', grantType: 'password' }],
    source: 'help.salesforce.com: OAuth 2.0 authorization errors',
    sureness: 'assumed',
    answer: oauthError('unsupported_grant_type', 'grant type not supported'),
  },
];

/** The variant. The key is that of the app's certificate. */
export const jwtBearer: Variant = {
  title: 'an app with a certificate: sessions for assertions of at most three minutes, and no refresh token',
  status: 'real',
  source: DOCS,
  apply: (service) => ({
    ...livingByAssertions(service, { keyOf, grant, wire }),
    installationOf: usernameOf,
  }),
};
