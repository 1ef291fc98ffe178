// What Google's authorization server says: at the token endpoint, at the revocation endpoint, on the consent page.

import { type Answer, type Json, json } from '../../http.ts';
import type { WireRow } from '../../service.ts';

const HOUR = 3_600_000;

const GRANT_ENDS = 'https://developers.google.com/identity/protocols/oauth2#expiration';

const tokenError = (status: number, error: string, description?: string, more: Record<string, Json> = {}) =>
  json(
    status,
    { error, ...(description === undefined ? {} : { error_description: description }), ...more },
    { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate' },
  );

const tokenRows: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [
      'expired',
      'idle',
      'capped',
      'rotated',
      'reused',
      'evicted',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'Google Ads API, common errors; the same words for every cause',
    sureness: 'documented',
    answer: () => tokenError(400, 'invalid_grant', 'Token has been expired or revoked.'),
  },
  {
    id: 'refresh-token-malformed',
    at: 'token',
    causes: ['unknown-token'],
    produce: [{ refresh: 'forged' }],
    source: 'nextcloud/server#40863',
    sureness: 'observed',
    answer: () => tokenError(400, 'invalid_grant', 'Bad Request'),
  },
  {
    id: 'refresh-token-of-another-client',
    at: 'token',
    causes: ['wrong-client'],
    produce: [{ refresh: 'current', as: 'other-client' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(401, 'unauthorized_client', 'Unauthorized'),
  },
  {
    id: 'session-control',
    at: 'token',
    causes: ['reauth-required'],
    produce: [{ act: 'require-reauth' }, { refresh: 'current' }],
    source: 'https://support.google.com/a/answer/9368756; bodies in many issues',
    sureness: 'observed',
    answer: () =>
      tokenError(400, 'invalid_grant', 'reauth related error (invalid_rapt)', {
        error_uri: 'https://support.google.com/a/answer/9368756',
        error_subtype: 'invalid_rapt',
      }),
  },
  {
    id: 'account-deleted',
    at: 'token',
    causes: ['account-deleted'],
    produce: [{ act: 'delete-account' }, { refresh: 'current' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'invalid_grant', 'Account has been deleted'),
  },
  {
    id: 'account-disabled',
    at: 'token',
    causes: ['offboarded'],
    produce: [{ act: 'offboard' }, { refresh: 'current' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'invalid_grant', 'Account disabled'),
  },
  {
    id: 'admin-policy-enforced',
    at: 'token',
    causes: ['service-restricted'],
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: GRANT_ENDS,
    sureness: 'documented',
    answer: () => tokenError(400, 'admin_policy_enforced'),
  },
  {
    id: 'context-denied',
    at: 'token',
    causes: ['ip-restricted'],
    produce: [{ act: 'restrict-ip' }, { refresh: 'current' }],
    source: 'context-aware access; the wording is in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'access_denied', 'Account restricted'),
  },
  {
    id: 'client-secret-wrong',
    at: 'token',
    causes: ['wrong-secret'],
    produce: [{ act: 'rotate-client-secret' }, { refresh: 'current' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(401, 'invalid_client', 'Unauthorized'),
  },
  {
    id: 'client-unknown',
    at: 'token',
    causes: ['unknown-client'],
    produce: [{ refresh: 'current', as: 'unknown-client' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(401, 'invalid_client', 'The OAuth client was not found.'),
  },
  {
    id: 'client-deleted',
    at: 'token',
    causes: ['client-deleted'],
    produce: [{ act: 'delete-client' }, { refresh: 'current' }],
    source: 'https://support.google.com/cloud/answer/15549257',
    sureness: 'assumed',
    answer: () => tokenError(401, 'deleted_client', 'The OAuth client was deleted.'),
  },
  {
    id: 'code-malformed',
    at: 'token',
    causes: ['unknown-code'],
    produce: [{ consent: {}, exchange: 'forged-code' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'invalid_grant', 'Malformed auth code.'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: ['used-code', 'expired-code'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'invalid_grant', 'Bad Request'),
  },
  {
    id: 'code-verifier-wrong',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'invalid_grant', 'Invalid code verifier.'),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'redirect_uri_mismatch', 'Bad Request'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: ({ detail }) => tokenError(400, 'unsupported_grant_type', `Invalid grant_type: ${detail}`),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: ({ detail }) => tokenError(400, 'invalid_request', `Missing required parameter: ${detail}`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'https://www.googleapis.com/auth/calendar' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(400, 'invalid_scope', 'Bad Request'),
  },
];

const revokeRows: readonly WireRow[] = [
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke: 400 and a code',
    sureness: 'documented',
    answer: () => tokenError(400, 'invalid_request', 'Missing required parameter: token'),
  },
  {
    id: 'revocation-of-dead-token',
    at: 'revoke',
    causes: [
      'unknown-token',
      'wrong-client',
      'expired',
      'idle',
      'capped',
      'evicted',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'session-ended',
      'reauth-required',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ advanceMs: HOUR }, { revoke: 'access' }],
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke: 400 and a code',
    sureness: 'documented',
    answer: () => tokenError(400, 'invalid_token', 'Token expired or revoked'),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => tokenError(401, 'invalid_client', 'Unauthorized'),
  },
];

const authorizeRows: readonly WireRow[] = [
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors',
    sureness: 'documented',
    answer: () => authorizationPage(400, 'redirect_uri_mismatch'),
  },
  {
    id: 'authorization-client-unknown',
    at: 'authorize',
    causes: ['unknown-client'],
    produce: [{ consent: {}, as: 'unknown-client' }],
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors',
    sureness: 'documented',
    answer: () => authorizationPage(401, 'invalid_client'),
  },
  {
    id: 'authorization-client-deleted',
    at: 'authorize',
    causes: ['client-deleted'],
    produce: [{ act: 'delete-client' }, { consent: {} }],
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors',
    sureness: 'documented',
    answer: () => authorizationPage(403, 'deleted_client'),
  },
];

function authorizationPage(status: number, error: string): Answer {
  const page = `<!doctype html><title>Access blocked: Authorization Error</title><p>Error ${status}: ${error}</p>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
}

/** The rows. */
export const tokenWire: readonly WireRow[] = [...tokenRows, ...revokeRows, ...authorizeRows];
