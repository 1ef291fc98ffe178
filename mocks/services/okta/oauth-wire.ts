// Okta's words at the token, revocation and authorization endpoints.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { empty } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { numbered, oauthError, page } from './answers.ts';

const DOCS = 'developer.okta.com/docs/reference/api/oidc';
const COMMON = 'common experience, in no document';

/** What the OAuth endpoints say. */
export const OAUTH_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, 'wrong-client'],
    produce: [{ act: 'revoke' }, { refresh: 'current' }],
    source: 'okta/okta-react-native#287; the same words for every cause',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', 'The refresh token is invalid or expired.'),
  },
  {
    id: 'policy-refuses',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-ip' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(
        400,
        'access_denied',
        'Policy evaluation failed for this request, please check the policy configurations.',
      ),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: CODE_DEAD,
    produce: [{ consent: {}, exchange: 'twice' }],
    source: 'oktadev/okta-smartfhir-docs#13',
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', 'The authorization code is invalid or has expired.'),
  },
  {
    id: 'code-verifier-wrong',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_grant', 'PKCE verification failed.'),
  },
  {
    id: 'redirect-differs',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(
        400,
        'invalid_grant',
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
      ),
  },
  {
    id: 'client-refused',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: `${DOCS}; the words are common experience`,
    sureness: 'assumed',
    answer: clientRefused,
  },
  {
    id: 'grant-type-unsupported',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'magic' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(
        400,
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server. Configured grant types: [authorization_code, refresh_token].',
      ),
  },
  {
    id: 'token-request-not-a-form',
    at: 'token',
    causes: ['wrong-encoding'],
    produce: [{ refresh: 'current', sent: { encoding: 'json' } }],
    source: 'Kong/volcano-agent-sdk#21',
    sureness: 'observed',
    answer: (refused) =>
      numbered(
        refused,
        400,
        'E0000021',
        'Bad request. Accept and/or Content-Type headers likely do not match supported values.',
      ),
  },
  {
    id: 'parameter-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `The '${detail}' parameter is missing.`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'okta.apps.manage' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(
        400,
        'invalid_scope',
        'One or more scopes are not configured for the authorization server resource.',
      ),
  },
  {
    id: 'revocation-of-nothing',
    at: 'revoke',
    causes: ['unknown-token', 'wrong-client'],
    produce: [{ revoke: 'forged' }],
    source: `${DOCS}: a token that is not there is revoked already`,
    sureness: 'documented',
    answer: () => empty(200),
  },
  {
    id: 'revocation-malformed',
    at: 'revoke',
    causes: ['missing-parameter'],
    produce: [{ revoke: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', "The 'token' parameter is missing."),
  },
  {
    id: 'revocation-client-refused',
    at: 'revoke',
    causes: CLIENT_REFUSED,
    produce: [{ revoke: 'access', as: 'wrong-secret' }],
    source: DOCS,
    sureness: 'assumed',
    answer: clientRefused,
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ cause }) =>
      page(
        cause === 'redirect-mismatch'
          ? "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings."
          : "Invalid value for 'client_id' parameter.",
      ),
  },
];

/** What the OAuth endpoints say to a client that is not who it says. */
export function clientRefused(refused: Refused) {
  return refused.cause === 'wrong-secret'
    ? oauthError(401, 'invalid_client', 'The client secret supplied for a confidential client is invalid.')
    : numbered(refused, 401, 'invalid_client', "Invalid value for 'client_id' parameter.");
}
