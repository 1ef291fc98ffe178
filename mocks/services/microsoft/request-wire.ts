// Entra's words when the request is why no token is given: a code, a scope, a resource, a loop.

import type { Refused, WireRow } from '../../service.ts';
import { aadsts } from './answers.ts';
import { fieldOf } from './asked.ts';
import { GRAPH, VAULT_ACCESS } from './resources.ts';
import { tenantIn } from './tenants.ts';

const CODES = 'learn.microsoft.com/entra/identity-platform/reference-error-codes';
const LOOP = 21;

/** What the token endpoint says of requests. */
export const REQUEST_WIRE: readonly WireRow[] = [
  {
    id: 'grant-malformed',
    at: 'token',
    causes: ['unknown-token', 'unknown-code'],
    produce: [{ refresh: 'forged' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(refused, 'invalid_grant', 9_002_313, 'Invalid request. Request is malformed or invalid.', {
        suberror: 'bad_token',
      }),
  },
  {
    id: 'grant-of-another-client',
    at: 'token',
    causes: ['wrong-client'],
    produce: [{ refresh: 'current', as: 'other-client' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(refused, 'invalid_grant', 70_000, 'Provided grant is invalid or malformed.', {
        suberror: 'bad_token',
      }),
  },
  {
    id: 'code-used',
    at: 'token',
    causes: ['used-code'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        54_005,
        'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
      ),
  },
  {
    id: 'code-expired',
    at: 'token',
    causes: ['expired-code'],
    produce: [{ consent: {}, exchange: 'late' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        70_008,
        'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
      ),
  },
  {
    id: 'code-verifier-wrong',
    at: 'token',
    causes: ['pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-verifier' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        501_481,
        'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
      ),
  },
  {
    id: 'scope-malformed',
    at: 'token',
    causes: ['bad-scope'],
    produce: [{ refresh: 'current', scope: `${GRAPH}/User.Read ${VAULT_ACCESS}` }],
    further: [
      [{ refresh: 'current', scope: 'User.Read nonsense!!' }],
      [{ refresh: 'current', scope: `${GRAPH}/.default User.Read` }],
    ],
    source:
      'Earlybyte/aad_oauth#328, AzureAD/microsoft-authentication-library-for-js#1718; the error member is an inference',
    sureness: 'observed',
    answer: (refused) => scopeMalformed(refused),
  },
  {
    id: 'resource-unknown',
    at: 'token',
    causes: ['unknown-resource'],
    produce: [{ refresh: 'current', scope: 'api://no-such-app/.default' }],
    source: 'Azure/azure-cli#30491, gbwisx/msal_mobile#6',
    sureness: 'observed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_resource',
        500_011,
        `The resource principal named ${refused.detail} was not found in the tenant named ${tenantIn(refused.request.path)}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
      ),
  },
  {
    id: 'grant-type-unsupported',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'magic' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'unsupported_grant_type',
        70_003,
        `The app requested an unsupported grant type '${refused.detail}'.`,
      ),
  },
  {
    id: 'token-request-not-a-form',
    at: 'token',
    causes: ['wrong-encoding'],
    produce: [{ refresh: 'current', sent: { encoding: 'json' } }],
    source:
      'microsoftgraph/microsoft-graph-docs#20272: JSON is not read, so that its first parameter is missing',
    sureness: 'observed',
    answer: (refused) => missing(refused, 'grant_type'),
  },
  {
    id: 'parameter-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) => missing(refused, refused.detail),
  },
  {
    id: 'client-request-loop',
    at: 'token',
    causes: ['rate-limited'],
    produce: Array.from({ length: LOOP }, () => ({ refresh: 'original' }) as const),
    source: 'Azure/azure-sdk-for-net#23324',
    sureness: 'observed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        50_196,
        'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
      ),
  },
];

function scopeMalformed(refused: Refused) {
  const scope = fieldOf(refused, 'scope');
  if (refused.detail === 'several-resources') {
    return aadsts(
      refused,
      'invalid_scope',
      28_000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    );
  }
  const why =
    refused.detail === 'default-mixed'
      ? " .default scope can't be combined with resource-specific scopes."
      : '';
  return aadsts(
    refused,
    'invalid_scope',
    70_011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.${why}`,
  );
}

const missing = (refused: Refused, parameter: string | null) =>
  aadsts(
    refused,
    'invalid_request',
    900_144,
    `The request body must contain the following parameter: '${parameter}'.`,
  );
