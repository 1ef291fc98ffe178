// Stripe's words for every refusal. A revoked grant is 403 `account_invalid`, not 401.

import { CALL_BARRED, CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { masked } from '../../masked.ts';
import type { Refused, WireRow } from '../../service.ts';
import { customerIdOf } from './account.ts';
import { failed, oauthError } from './answers.ts';
import { readKey } from './presented.ts';

const DAY_MS = 86_400_000;
const ACCOUNT = { call: '/v1/account' } as const;

const CODES = { source: 'docs.stripe.com/error-codes (the code)', sureness: 'documented' } as const;
const GUESS = { source: 'not confirmed word by word', sureness: 'assumed' } as const;
const OAUTH = {
  source: 'stripe-ruby (OAuth errors); the sentence is a guess',
  sureness: 'observed',
} as const;

const shownKey = ({ request }: Refused) => masked(readKey(request) ?? '');

const TOKEN_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ refresh: 'forged' }],
    ...OAUTH,
    answer: (refused) =>
      oauthError(
        refused,
        400,
        'invalid_grant',
        'This refresh token does not exist, or has been revoked or used.',
      ),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...OAUTH,
    answer: (refused) =>
      oauthError(
        refused,
        400,
        'invalid_grant',
        refused.cause === 'used-code'
          ? 'This authorization code has already been used.'
          : 'Authorization code does not exist or has expired.',
      ),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    ...OAUTH,
    answer: (refused) =>
      oauthError(
        refused,
        401,
        'invalid_client',
        refused.cause === 'wrong-secret' ? 'Invalid API key provided.' : 'No such application.',
      ),
  },
  {
    id: 'grant-type-unsupported',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    ...OAUTH,
    answer: (refused) =>
      oauthError(refused, 400, 'unsupported_grant_type', `Unsupported grant type: '${refused.detail ?? ''}'`),
  },
  {
    id: 'token-request-incomplete',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...OAUTH,
    answer: (refused) =>
      oauthError(
        refused,
        400,
        'invalid_request',
        `Missing required parameter: ${refused.detail ?? 'unknown'}`,
      ),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'payout_read' }],
    ...OAUTH,
    answer: (refused) =>
      oauthError(
        refused,
        400,
        'invalid_scope',
        'The requested scope is wider than that of the refresh token.',
      ),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    ...OAUTH,
    answer: (refused) => {
      const about = refused.cause === 'redirect-mismatch' ? 'Invalid redirect URI.' : 'No such application.';
      return oauthError(refused, 400, 'invalid_request', about);
    },
  },
];

const API_WIRE: readonly WireRow[] = [
  {
    id: 'key-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: DAY_MS }, ACCOUNT],
    ...CODES,
    answer: (refused) =>
      failed(refused, 401, `Expired API Key provided: ${shownKey(refused)}`, { code: 'api_key_expired' }),
  },
  {
    id: 'key-invalid',
    at: 'resource',
    causes: ['unknown-token', 'session-ended', 'superseded', 'reused', 'evicted'],
    produce: [{ ...ACCOUNT, as: 'forged' }],
    source: 'answers quoted in public error guides',
    sureness: 'observed',
    answer: (refused) => failed(refused, 401, `Invalid API Key provided: ${shownKey(refused)}`),
  },
  {
    id: 'no-key',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...ACCOUNT, as: 'nobody' }],
    ...GUESS,
    answer: (refused) =>
      failed(
        refused,
        401,
        'You did not provide an API key. You need to provide your API key in the Authorization header, using ' +
          "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      ),
  },
  {
    id: 'account-invalid',
    at: 'resource',
    causes: [
      'wrong-client',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, ACCOUNT],
    source: 'docs.stripe.com/error-codes (account_invalid); the sentence is not confirmed',
    sureness: 'assumed',
    answer: (refused) => {
      const account = refused.detail === null ? 'that account' : `account '${refused.detail}'`;
      const message =
        `The provided key '${shownKey(refused)}' does not have access to ${account} (or that account does not ` +
        'exist). Application access may have been revoked.';
      return failed(refused, 403, message, { code: 'account_invalid' });
    },
  },
  {
    id: 'permission-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v1/payouts' }],
    ...GUESS,
    answer: (refused) => {
      const needed = refused.needsOneOf.map((scope) => `'${scope}'`).join(' or ');
      const message =
        `The provided key '${shownKey(refused)}' does not have the required permissions for this endpoint. ` +
        `Having the ${needed} permission would allow this request to continue.`;
      return failed(refused, 403, message);
    },
  },
  {
    id: 'denied',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, ACCOUNT],
    ...GUESS,
    answer: (refused) =>
      failed(
        refused,
        403,
        refused.cause === 'ip-restricted'
          ? 'The API key provided does not allow requests from your IP address.'
          : 'This application may not make this request.',
      ),
  },
  {
    id: 'resource-missing',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/v1/customers/${customerIdOf('acme', 1)}`, as: 'second' }],
    ...CODES,
    answer: (refused) =>
      failed(refused, 404, refused.detail ?? 'No such object', { code: 'resource_missing', param: 'id' }),
  },
  {
    id: 'invalid-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/v1/customers?limit=0' }],
    ...CODES,
    answer: (refused) => {
      const { code, detail } = refused;
      // A key that was used for another request is an error of a type of its own, without a code.
      const kind = code === 'idempotency_error' ? { type: code } : code === null ? {} : { code };
      return failed(refused, 400, detail ?? 'Invalid request', kind);
    },
  },
];

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [...TOKEN_WIRE, ...API_WIRE];
