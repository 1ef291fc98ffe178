// Xero's words at the token, revocation and authorization endpoints: bare codes, as its identity server speaks them.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { empty } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';

const IDENTITY_SERVER = 'as IdentityServer answers, on which Xero runs; not confirmed for Xero';

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, ...REFRESH_BARRED, 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'XeroAPI/xero-node#382, community.xero.com/developer/discussion/125347287: no description',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch', 'redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: 'XeroAPI/Xero-NetStandard#441: the same code for every reason',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: `XeroAPI/xero-python#69 for the code; the status ${IDENTITY_SERVER}`,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client'),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    source: IDENTITY_SERVER,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: IDENTITY_SERVER,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request'),
  },
  {
    id: 'token-request-not-a-form',
    at: 'token',
    causes: ['wrong-encoding'],
    produce: [{ refresh: 'current', sent: { encoding: 'json' } }],
    source: 'DuendeArchive/IdentityServer4#1658, of the software that Xero runs',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_request'),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'accounting.reports.read' }],
    source: IDENTITY_SERVER,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope'),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: IDENTITY_SERVER,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request'),
  },
  {
    id: 'revocation-of-unknown',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: 'RFC 7009 section 2.2: invalid tokens do not cause an error',
    sureness: 'assumed',
    answer: () => empty(200),
  },
  {
    id: 'revocation-bad-client',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'refresh', as: 'wrong-secret' }],
    source: IDENTITY_SERVER,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'developer.xero.com: troubleshooting, the page "Sorry, something went wrong"',
    sureness: 'observed',
    answer: ({ cause }) => ({
      status: 400,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body:
        '<!DOCTYPE html><title>Xero</title><h1>Sorry, something went wrong</h1><p>Error: ' +
        `${cause === 'redirect-mismatch' ? 'unauthorized_client: Invalid redirect_uri' : 'unauthorized_client: Unknown client or client not enabled'}</p>`,
    }),
  },
];
