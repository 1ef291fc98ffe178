// Entra's words when the request, the client or the tenant is why no token is given, and its pages for people.

import { CLIENT_REFUSED } from '../../causes.ts';
import { parseForm } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { aadsts, page } from './answers.ts';
import { tenantIdOf } from './ids.ts';
import { GRAPH, VAULT_ACCESS } from './resources.ts';
import { tenantIn } from './tenants.ts';

const CODES = 'learn.microsoft.com/entra/identity-platform/reference-error-codes';
const LOOP = 21;

/** What the token and authorization endpoints say of requests. */
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
    id: 'reply-address-differs',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_client',
        500_112,
        `The reply address '${fieldOf(refused, 'redirect_uri')}' does not match the reply address provided when requesting Authorization code.`,
      ),
  },
  {
    id: 'client-secret-wrong',
    at: 'token',
    causes: ['wrong-secret'],
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    source: `${CODES}; the status is not confirmed`,
    sureness: 'documented',
    answer: (refused) =>
      saysSecret(refused)
        ? aadsts(
            refused,
            'invalid_client',
            7_000_215,
            `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${fieldOf(refused, 'client_id')}'.`,
            { http: 401 },
          )
        : aadsts(
            refused,
            'invalid_client',
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
            { http: 401 },
          ),
  },
  {
    id: 'application-unknown',
    at: 'token',
    causes: ['unknown-client', 'client-deleted'],
    produce: [{ refresh: 'current', as: 'unknown-client' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) => aadsts(refused, 'unauthorized_client', 700_016, applicationUnknown(refused)),
  },
  {
    id: 'application-disabled',
    at: 'token',
    causes: ['service-restricted'],
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'unauthorized_client',
        7_000_112,
        `Application '${fieldOf(refused, 'client_id')}' is disabled.`,
      ),
  },
  {
    id: 'tenant-unknown',
    at: 'token',
    causes: ['unknown-tenant'],
    produce: [{ refresh: 'current', path: '/nowhere.example/oauth2/v2.0/token' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_request',
        90_002,
        `Tenant '${refused.detail}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
      ),
  },
  {
    id: 'user-not-in-tenant',
    at: 'token',
    causes: ['other-tenant'],
    produce: [{ refresh: 'current', path: `/${tenantIdOf('globex')}/oauth2/v2.0/token` }],
    source: `${CODES}; that it is invalid_grant is an inference`,
    sureness: 'assumed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        50_020,
        `User account '{EUII Hidden}' does not exist in tenant '${refused.detail}' and cannot access the application '${fieldOf(refused, 'client_id')}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
      ),
  },
  {
    id: 'scope-malformed',
    at: 'token',
    causes: ['bad-scope'],
    produce: [{ refresh: 'current', scope: `${GRAPH}/User.Read ${VAULT_ACCESS}` }],
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
    id: 'parameter-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_request',
        900_144,
        `The request body must contain the following parameter: '${refused.detail}'.`,
      ),
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
  {
    id: 'authorization-application-unknown',
    at: 'authorize',
    causes: CLIENT_REFUSED,
    produce: [{ consent: {}, as: 'unknown-client' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) => page(refused, 700_016, applicationUnknown(refused)),
  },
  {
    id: 'authorization-redirect-unknown',
    at: 'authorize',
    causes: ['redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      page(
        refused,
        50_011,
        `The redirect URI '${fieldOf(refused, 'redirect_uri')}' specified in the request does not match the redirect URIs configured for the application '${fieldOf(refused, 'client_id')}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
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

const applicationUnknown = (refused: Refused) =>
  `Application with identifier '${fieldOf(refused, 'client_id')}' was not found in the directory '${tenantIn(refused.request.path)}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;

const fieldOf = ({ request }: Refused, name: string) =>
  ({ ...request.query, ...parseForm(request.body) })[name] ?? '';

const saysSecret = (refused: Refused) =>
  fieldOf(refused, 'client_secret') !== '' || /^basic/i.test(refused.request.headers.authorization ?? '');
