// GitHub's words at the token and authorization endpoints: every refusal of a token request has the status 200.

import type { WireRow } from '../../service.ts';
import { oauthError, page } from './answers.ts';

const ERRORS = 'docs.github.com: troubleshooting OAuth app access token request errors';

/** What the token and authorization endpoints say to every kind of client that asks for a user's token. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [
      'unknown-token',
      'wrong-client',
      'expired',
      'idle',
      'capped',
      'rotated',
      'reused',
      'evicted',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'offboarded',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
      'reauth-required',
    ],
    produce: [{ act: 'revoke' }, { refresh: 'forged' }],
    source: 'bodies quoted in public issue threads; the same words for every cause',
    sureness: 'observed',
    answer: (refused) =>
      oauthError(refused, 'bad_refresh_token', 'The refresh token passed is incorrect or expired.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ refresh: 'forged', as: 'wrong-secret' }],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      oauthError(
        refused,
        'incorrect_client_credentials',
        'The client_id and/or client_secret passed are incorrect.',
      ),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: ['unknown-code', 'used-code', 'expired-code', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      oauthError(refused, 'bad_verification_code', 'The code passed is incorrect or expired.'),
  },
  {
    id: 'redirect-mismatch',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      oauthError(
        refused,
        'redirect_uri_mismatch',
        'The redirect_uri MUST match the registered callback URL for this application.',
      ),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'forged', grantType: 'password' }],
    source: 'docs.github.com: authorizing OAuth apps, error codes; the description is not confirmed',
    sureness: 'documented',
    answer: (refused) => oauthError(refused, 'unsupported_grant_type', 'The grant type is not supported.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: 'an inference: what is not sent is as wrong as what is wrong',
    sureness: 'assumed',
    answer: (refused) =>
      refused.detail === 'refresh_token'
        ? oauthError(refused, 'bad_refresh_token', 'The refresh token passed is incorrect or expired.')
        : oauthError(refused, 'bad_verification_code', 'The code passed is incorrect or expired.'),
  },
  {
    id: 'authorization-client-unknown',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ consent: {}, as: 'unknown-client' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: () => page(404, 'Page not found'),
  },
  {
    id: 'authorization-redirect-mismatch',
    at: 'authorize',
    causes: ['redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source:
      'docs.github.com: troubleshooting authorization request errors; GitHub redirects to the registered URL',
    sureness: 'assumed',
    answer: () => page(400, 'The redirect_uri is not associated with this application.'),
  },
];

/** What only a refresh can meet. */
export const REFRESH_WIRE: readonly WireRow[] = [
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'administration:write' }],
    source: "GitHub documents no scope for refreshes; that one is refused is the mock's own strictness",
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 'invalid_scope', 'The scopes requested are invalid.'),
  },
];
