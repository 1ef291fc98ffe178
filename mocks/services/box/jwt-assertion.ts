// Server authentication with a key: an assertion of at most a minute (RFC 7523), which a clock that is off makes useless.

import { CLIENT_REFUSED } from '../../causes.ts';
import type { JsonObject } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import type { Refusal } from '../../refusals.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { Variant, WireRow } from '../../service.ts';
import { byAssertion, JWT_BEARER, JWT_BEARER_BODY } from '../../signed-assertion.ts';
import { oauthError } from './answers.ts';
import { enterpriseIdOf } from './ids.ts';
import { forServerApp, subjectOf } from './server-app.ts';

const ERRORS = 'developer.box.com/guides/api-calls/permissions-and-errors/common-errors';
const SECONDS_AHEAD_MOST = 60;
const JTI_LENGTH_LEAST = 16;
const CLAIMS = {
  sub: enterpriseIdOf('acme'),
  box_sub_type: 'enterprise',
  jti: 'an-id-of-sixteen-and-more',
};
const ASK = {
  assert: 'own',
  untilMs: 45_000,
  claims: CLAIMS,
  body: JWT_BEARER_BODY,
} as const;

const keyOf = (randomness: Randomness) => rsaPrivateKey(randomness, 'box app');

const grant = byAssertion(keyOf, (claims, { nowMs, tokens }) => {
  const late = refusalOfTimes(claims, nowMs);
  if (late !== null) return { refused: late };
  if (String(claims.jti ?? '').length < JTI_LENGTH_LEAST)
    return { refused: 'assertion-invalid', detail: 'jti' };
  const account = subjectOf(tokens, claims.box_sub_type, claims.sub);
  return account === null ? { refused: 'assertion-invalid', detail: 'sub' } : { account, scopes: null };
});

function refusalOfTimes({ exp }: JsonObject, nowMs: number): Refusal | null {
  const now = nowMs / 1000;
  if (typeof exp !== 'number' || exp <= now) return 'assertion-expired';
  return exp > now + SECONDS_AHEAD_MOST ? 'assertion-too-long' : null;
}

const invalidGrant = (description: string) => oauthError('invalid_grant', description);

const wire: readonly WireRow[] = [
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ ...ASK, as: 'wrong-secret' }],
    source: ERRORS,
    sureness: 'documented',
    answer: ({ cause }) =>
      cause === 'wrong-secret'
        ? invalidGrant(
            "Signature verification error. The public key identified by 'kid' must correspond to the private key " +
              'used for signing.',
          )
        : invalidGrant("Please check the 'iss' claim."),
  },
  {
    id: 'assertion-expired',
    at: 'token',
    causes: ['assertion-expired'],
    produce: [{ ...ASK, untilMs: -1000 }],
    source: ERRORS,
    sureness: 'documented',
    answer: () =>
      invalidGrant("Current date time must be before the expiration date time listed in the 'exp' claim."),
  },
  {
    id: 'assertion-too-long',
    at: 'token',
    causes: ['assertion-too-long'],
    produce: [{ ...ASK, untilMs: 120_000 }],
    source:
      'developer.box.com/guides/authentication/jwt: at most sixty seconds; the words are not documented',
    sureness: 'assumed',
    answer: () => invalidGrant("Please check the 'exp' claim."),
  },
  {
    id: 'assertion-invalid',
    at: 'token',
    causes: ['assertion-invalid'],
    produce: [{ ...ASK, claims: { ...CLAIMS, sub: '1' } }],
    source: `${ERRORS} for the claims sub and jti`,
    sureness: 'documented',
    answer: ({ detail }) => {
      if (detail === null) return invalidGrant('Invalid assertion');
      const unique = detail === 'jti' ? " A unique 'jti' value is required." : '';
      return invalidGrant(`Please check the '${detail}' claim.${unique}`);
    },
  },
  {
    id: 'assertion-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing', grantType: JWT_BEARER }],
    source: 'RFC 7521 section 4.1; the words are not documented',
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('invalid_request', `Invalid ${detail} parameter or parameter missing`),
  },
];

/** The variant. What the app is told as its secret is its private key. */
export const jwtAssertion: Variant = {
  title: 'an app with server authentication: tokens for assertions of a minute, no user and no refresh token',
  status: 'real',
  source: 'developer.box.com/guides/authentication/jwt',
  apply: (service) => ({
    ...forServerApp(service, { ask: ASK, wire, extensionGrants: { [JWT_BEARER]: grant } }),
    clientSecret: keyOf,
  }),
};
