// A service account: no user at a consent screen, but tokens of an hour, each for an assertion that its key has signed.

import { ACCESS_TOKEN_ENDED, REFRESH_BARRED } from '../../causes.ts';
import { json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import type { Refusal } from '../../refusals.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { AccountIdentity, Variant, WireRow } from '../../service.ts';
import { byAssertion, JWT_BEARER_BODY, livingByAssertions } from '../../signed-assertion.ts';
import { splitScope } from '../../token-request.ts';
import { emailOf } from './identity.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DOCS = 'https://developers.google.com/identity/protocols/oauth2/service-account';
const ISSUES = 'answers quoted in public issue threads';
/** Under these names Google's own libraries know the token endpoint, wherever they send the assertion. */
const HOSTS = ['https://oauth2.googleapis.com', 'https://www.googleapis.com', 'https://accounts.google.com'];
const RIGHT_AUDIENCE = 'https://oauth2.googleapis.com/token';
/** How far the clock of the caller may be off. */
const SKEW_MS = 5 * MINUTE_MS;

const ASK = { assert: 'own', body: JWT_BEARER_BODY, claims: { aud: RIGHT_AUDIENCE } } as const;

const keyOf = (randomness: Randomness) => rsaPrivateKey(randomness, 'google service account');

/** The address of the service account that an account is. */
const addressOf = ({ id, tenant }: AccountIdentity) => `${id}@${tenant}.iam.gserviceaccount.com`;

const grantAt = (paths: readonly string[]) =>
  byAssertion(keyOf, ({ iss, iat, exp, sub, aud, scope }, { nowMs, tokens, origin }) => {
    const late = refusalOfTimes(Number(iat) * 1000, Number(exp) * 1000, nowMs);
    if (late !== null) return { refused: late };
    const isHere = [origin, ...HOSTS].some((host) => paths.some((path) => aud === `${host}${path}`));
    if (!isHere) return { refused: 'assertion-invalid', detail: 'aud' };
    // With domain-wide delegation the assertion says for whom it acts; without, the account acts for itself.
    const isMeant = (one: AccountIdentity) =>
      sub === undefined ? addressOf(one) === iss : emailOf(one) === sub;
    const account = tokens.accounts().find(isMeant);
    if (account === undefined) return { refused: 'assertion-invalid', detail: 'sub' };
    const scopes = typeof scope === 'string' && scope !== '' ? splitScope(scope) : null;
    return { account, scopes };
  });

function refusalOfTimes(iatMs: number, expMs: number, nowMs: number): Refusal | null {
  if (!(iatMs <= nowMs + SKEW_MS)) return 'assertion-from-future';
  if (!(expMs >= nowMs - SKEW_MS)) return 'assertion-expired';
  return expMs - iatMs > HOUR_MS ? 'assertion-too-long' : null;
}

const says = (status: number, error: string, description: string) => () =>
  json(status, { error, error_description: description });

const wire: readonly WireRow[] = [
  {
    id: 'assertion-badly-timed',
    at: 'token',
    causes: ['assertion-expired', 'assertion-from-future', 'assertion-too-long'],
    produce: [{ ...ASK, fromMs: -2 * HOUR_MS, untilMs: -HOUR_MS }],
    source: ISSUES,
    sureness: 'observed',
    answer: says(
      400,
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    ),
  },
  {
    id: 'assertion-signature',
    at: 'token',
    causes: ['wrong-secret'],
    produce: [{ ...ASK, as: 'wrong-secret' }],
    source: ISSUES,
    sureness: 'observed',
    answer: says(400, 'invalid_grant', 'Invalid JWT Signature.'),
  },
  {
    id: 'service-account-unknown',
    at: 'token',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ ...ASK, as: 'unknown-client' }],
    source: ISSUES,
    sureness: 'observed',
    answer: says(400, 'invalid_grant', 'Invalid grant: account not found'),
  },
  {
    id: 'assertion-malformed',
    at: 'token',
    causes: ['assertion-invalid', 'missing-parameter'],
    produce: [{ ...ASK, claims: { aud: 'https://sheets.googleapis.com/' } }],
    source: 'apigee/apigeecli#26 for the audience; the other words are common experience, in no document',
    sureness: 'observed',
    answer: ({ cause, detail }) => {
      if (cause === 'missing-parameter')
        return says(400, 'invalid_request', 'Missing required parameter: assertion')();
      const audience = `Invalid JWT: Failed audience check. The right audience is ${RIGHT_AUDIENCE}`;
      return says(400, 'invalid_grant', detail === 'aud' ? audience : 'Invalid email or User ID')();
    },
  },
  {
    id: 'delegation-refused',
    at: 'token',
    causes: [...ACCESS_TOKEN_ENDED, ...REFRESH_BARRED, 'reauth-required', 'scope-exceeds', 'not-found'],
    produce: [{ act: 'revoke-by-admin' }, ASK],
    source: ISSUES,
    sureness: 'observed',
    answer: says(
      401,
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    ),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type', 'unknown-token', 'wrong-client'],
    produce: [{ refresh: 'missing', grantType: 'password' }],
    source: DOCS,
    sureness: 'assumed',
    answer: says(400, 'unsupported_grant_type', 'Invalid grant_type'),
  },
];

/** The variant. The key is that of the service account's key file. */
export const serviceAccount: Variant = {
  title: 'a service account: tokens of one hour for assertions that its key has signed, no refresh token',
  status: 'real',
  source: DOCS,
  apply: (service) => ({
    ...livingByAssertions(service, { keyOf, grant: grantAt(service.endpoints.token), wire }),
    clientIdOf: addressOf,
    installationOf: emailOf,
  }),
};
