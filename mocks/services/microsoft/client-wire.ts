// Entra's words when the client or the tenant is why no token is given, and its pages for people.

import { CLIENT_REFUSED } from '../../causes.ts';
import type { Answer } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { aadsts, page } from './answers.ts';
import { fieldOf } from './asked.ts';
import { tenantIdOf } from './ids.ts';
import { tenantIn } from './tenants.ts';

const CODES = 'learn.microsoft.com/entra/identity-platform/reference-error-codes';

/** What the token and authorization endpoints say of clients and tenants. */
export const CLIENT_WIRE: readonly WireRow[] = [
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
    further: [
      [{ refresh: 'current', sent: { clientAuth: 'none' } }],
      [{ refresh: 'current', sent: { clientAuth: 'none' }, fields: { client_assertion: 'unsigned' } }],
    ],
    source: `${CODES}; the status is not confirmed`,
    sureness: 'documented',
    answer: clientUnproven,
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
    answer: (refused) => aadsts(refused, 'invalid_request', 90_002, tenantUnknown(refused)),
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
    id: 'authorization-tenant-unknown',
    at: 'authorize',
    causes: ['unknown-tenant'],
    produce: [{ call: '/nowhere.example/oauth2/v2.0/authorize?response_type=code', as: 'nobody' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) => page(refused, 90_002, tenantUnknown(refused)),
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

const tenantUnknown = ({ detail }: Refused) =>
  `Tenant '${detail}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`;

const applicationUnknown = (refused: Refused) =>
  `Application with identifier '${fieldOf(refused, 'client_id')}' was not found in the directory '${tenantIn(refused.request.path)}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;

/**
 * What is said of an app that proves nothing, or proves it wrongly. An app may register certificates to sign assertions
 * with; the one that the mock knows has none.
 */
export function clientUnproven(refused: Refused): Answer {
  const app = fieldOf(refused, 'client_id');
  const invalid = (code: number, text: string) =>
    aadsts(refused, 'invalid_client', code, text, { http: 401 });
  if (saysSecret(refused))
    return invalid(
      7_000_215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app}'.`,
    );
  if (fieldOf(refused, 'client_assertion') !== '')
    return invalid(
      700_027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${app}'.]`,
    );
  return invalid(
    7_000_218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  );
}

/** Whether the request shows a secret at all. */
export const saysSecret = (refused: Refused): boolean =>
  fieldOf(refused, 'client_secret') !== '' || /^basic/i.test(refused.request.headers.authorization ?? '');
