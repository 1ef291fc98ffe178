// Shopify's words at the token and authorization endpoints. A dead refresh token is no invalid_grant.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';
import { TOKEN_EXCHANGE } from './token-exchange.ts';

const COMMON = 'common experience, in no document';

const noActiveToken = () =>
  oauthError(401, 'invalid_request', 'This request requires an active refresh_token');

const ENDPOINT_WIRE: readonly WireRow[] = [
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch', 'redirect-mismatch', 'wrong-client'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: 'nozzlegear/ShopifySharp#70, BNMetrics/Laravel-ShopifyAPI#9',
    sureness: 'observed',
    // Another client's refresh token is no code.
    answer: ({ refreshToken }) =>
      refreshToken === null
        ? oauthError(400, 'invalid_request', 'The authorization code was not found or was already used')
        : noActiveToken(),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client', 'Client authentication failed.'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type', 'The grant type is not supported.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing required parameter: ${detail}`),
  },
  {
    id: 'subject-token-invalid',
    at: 'token',
    causes: ['assertion-invalid', 'assertion-expired', 'assertion-from-future', 'not-found'],
    produce: [
      {
        refresh: 'missing',
        grantType: TOKEN_EXCHANGE,
        fields: {
          subject_token: 'not.a.token',
          subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        },
      },
    ],
    source: 'kinngh/shopify-node-express-mongodb-app#135',
    sureness: 'observed',
    answer: () =>
      oauthError(
        400,
        'invalid_subject_token',
        'Token exchange cannot be performed due to an invalid subject token.',
      ),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'Shopify/shopify_app#369: the words of the page',
    sureness: 'observed',
    answer: ({ cause }) => ({
      status: 400,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: `<!DOCTYPE html><title>Shopify</title><p>Oauth error invalid_request: ${
        cause === 'redirect-mismatch'
          ? 'The redirect_uri is not whitelisted'
          : 'Could not find Shopify API application with api_key'
      }</p>`,
    }),
  },
];

const REFRESH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'community.shopify.dev/t/35182, a body from 2026-06: the same for every cause',
    sureness: 'observed',
    answer: noActiveToken,
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'read_orders' }],
    source: 'RFC 6749 section 5.2; Shopify documents no scope for refreshes',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope', 'The requested scope exceeds what was granted.'),
  },
];

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [...ENDPOINT_WIRE, ...REFRESH_WIRE];
