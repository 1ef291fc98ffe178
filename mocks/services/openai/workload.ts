// Workload identity: no key at all, but tokens of an hour, each for a token that the workload's own issuer signed.

import { ACCESS_TOKEN_ENDED, CLIENT_REFUSED, REFRESH_BARRED } from '../../causes.ts';
import { json, parseJsonObject } from '../../http.ts';
import { isSignedWith, readJwt } from '../../jwt.ts';
import { type Randomness, seededRandomness } from '../../randomness.ts';
import type { Refusal } from '../../refusals.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { AccountIdentity, Call, Handled, Refused, Route, Variant, WireRow } from '../../service.ts';
import { failed } from './answers.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PATH = '/oauth/token';
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const FIELDS = [
  'grant_type',
  'subject_token',
  'subject_token_type',
  'identity_provider_id',
  'service_account_id',
];

/** The id of the service account that a subject's account is. */
export const serviceAccountIdOf = ({ tenant, id }: AccountIdentity): string =>
  `user-${seededRandomness(tenant).chars(24, 'openai', 'service account', id)}`;

/** The key with which the workload's issuer signs; the only one that is registered. */
const issuerKey = (randomness: Randomness): string => rsaPrivateKey(randomness, 'openai workload');

const EXCHANGE: Route = {
  id: 'workload.token',
  method: 'POST',
  path: PATH,
  auth: 'none',
  needsOneOf: [],
  effect: 'write',
  issuesFor: ({ body }) => {
    const id = parseJsonObject(body)?.service_account_id;
    return typeof id === 'string' ? id : null;
  },
  handle: exchange,
};

function exchange(call: Call): Handled {
  const body = parseJsonObject(call.request.body) ?? {};
  const missing = FIELDS.find((field) => typeof body[field] !== 'string');
  if (body.grant_type !== undefined && body.grant_type !== GRANT_TYPE)
    return { refused: 'unsupported-grant-type' };
  if (missing !== undefined) return { refused: 'missing-parameter', detail: missing };
  const refused = subjectRefusal(String(body.subject_token), call);
  if (refused !== null) return { refused };
  const account = call.tokens.accounts().find((one) => serviceAccountIdOf(one) === body.service_account_id);
  if (account === undefined) return { refused: 'not-found' };
  const issued = call.tokens.issue(account, null);
  if ('refused' in issued) return issued;
  const { value, token } = issued.access;
  const expiresIn =
    token.expiresAtMs === null ? {} : { expires_in: Math.round((token.expiresAtMs - call.nowMs) / 1000) };
  const issuedType = 'urn:ietf:params:oauth:token-type:access_token';
  return {
    answer: json(200, {
      access_token: value,
      issued_token_type: issuedType,
      token_type: 'Bearer',
      ...expiresIn,
    }),
    account,
  };
}

function subjectRefusal(subjectToken: string, { tokens, randomness, nowMs }: Call): Refusal | null {
  const claims = readJwt(subjectToken);
  if (claims === null) return 'unknown-token';
  const client = tokens.client(String(claims.iss));
  if (client === null) return 'unknown-client';
  if (client.deleted) return 'client-deleted';
  const key = issuerKey(randomness);
  // A rotated secret is a key that was replaced by one that nobody here holds.
  if (client.secret !== key || !isSignedWith(subjectToken, key)) return 'wrong-secret';
  const { iat, exp } = claims;
  if (typeof iat !== 'number' || iat > nowMs / 1000) return 'assertion-from-future';
  return typeof exp !== 'number' || exp <= nowMs / 1000 ? 'assertion-expired' : null;
}

const says = (status: number, error: string, description: string) => (_refused: Refused) =>
  json(status, { error, error_description: description });

const WORDS = {
  source: 'openai 6.49.0 (400, 401 and 403 are OAuthErrors); the words are a guess',
  sureness: 'assumed',
} as const;
const at = { at: 'resource', routes: [EXCHANGE.id] } as const;

// What the recipes send: the account of the recipes is always this one.
const BODY = {
  grant_type: GRANT_TYPE,
  subject_token: '{assertion}',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  identity_provider_id: 'idp_1',
  service_account_id: serviceAccountIdOf({ id: 'acme-openai', tenant: 'acme' }),
};

const EXCHANGE_WIRE: readonly WireRow[] = [
  {
    id: 'subject-token-invalid',
    ...at,
    causes: [...CLIENT_REFUSED, 'unknown-token'],
    produce: [{ assert: 'own', as: 'wrong-secret', body: BODY }],
    ...WORDS,
    answer: says(401, 'invalid_grant', 'The subject token could not be verified.'),
  },
  {
    id: 'subject-token-not-now',
    ...at,
    causes: ['assertion-expired', 'assertion-from-future'],
    produce: [{ assert: 'own', fromMs: -2 * MINUTE_MS, untilMs: -MINUTE_MS, body: BODY }],
    ...WORDS,
    answer: says(401, 'invalid_grant', 'The subject token is expired or not yet valid.'),
  },
  {
    id: 'service-account-refused',
    ...at,
    causes: ['not-found', ...ACCESS_TOKEN_ENDED, ...REFRESH_BARRED],
    produce: [{ act: 'revoke' }, { assert: 'own', body: BODY }],
    ...WORDS,
    answer: says(403, 'access_denied', 'The service account may not be used by this workload.'),
  },
  {
    id: 'exchange-malformed',
    ...at,
    causes: ['missing-parameter', 'unsupported-grant-type'],
    produce: [{ refresh: 'missing' }],
    ...WORDS,
    answer: ({ cause, detail }) =>
      cause === 'missing-parameter'
        ? json(400, {
            error: 'invalid_request',
            error_description: `Missing parameter: ${detail ?? 'unknown'}`,
          })
        : json(400, { error: 'unsupported_grant_type', error_description: 'Unsupported grant type.' }),
  },
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, { call: '/v1/models' }],
    ...WORDS,
    answer: (refused) =>
      failed(refused, 401, 'Your authentication token has expired.', { code: 'token_expired' }),
  },
];

// Tokens that end by themselves have words of their own.
const withoutExpiry = (row: WireRow): WireRow => ({
  ...row,
  causes: row.causes.filter((cause) => cause !== 'expired'),
});

/** The variant. The account's client secret is the key with which its subject tokens are signed. */
export const workloadIdentity: Variant = {
  title: 'workload identity: tokens of one hour for a signed token of the workload, no key, no refresh token',
  status: 'real',
  source: 'openai 6.49.0, which exchanges at auth.openai.com/oauth/token and refreshes 1200 seconds early',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'fixed', ttlMs: HOUR_MS } },
    statesLifetime: true,
    clientSecret: issuerKey,
    installationOf: serviceAccountIdOf,
    mintAccess: (randomness, key) => `eyJ${randomness.chars(240, 'token', key)}`,
    wire: [...service.wire.filter((row) => row.at !== 'token').map(withoutExpiry), ...EXCHANGE_WIRE],
    routes: [...service.routes, EXCHANGE],
  }),
};
