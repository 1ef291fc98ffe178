// Entra's words when a grant, a user or a policy is why no token is given.

import type { Refused, WireRow } from '../../service.ts';
import { aadsts, GRAPH_APP_ID, longInstant, timeSpan } from './answers.ts';

const DAY_MS = 86_400_000;
const CODES = 'learn.microsoft.com/entra/identity-platform/reference-error-codes';

/** What the token endpoint says of dead and barred grants. */
export const GRANT_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-inactive',
    at: 'token',
    causes: ['idle'],
    produce: [{ advanceMs: 90 * DAY_MS }, { refresh: 'current' }],
    source: 'Azure/azure-cli#14244; suberror as in microsoft/foundry-dev-tools#707',
    sureness: 'observed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        700_082,
        `The refresh token has expired due to inactivity. The token was issued on ${issued(refused)} and was inactive for ${timeSpan(90 * DAY_MS)}.`,
        { suberror: 'bad_token' },
      ),
  },
  {
    id: 'refresh-token-of-spa-ended',
    at: 'token',
    causes: ['capped'],
    under: 'spa',
    produce: [{ advanceMs: DAY_MS }, { refresh: 'current' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        700_084,
        `The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of ${timeSpan(DAY_MS)}, which can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on ${issued(refused)}.`,
        { suberror: 'bad_token' },
      ),
  },
  {
    id: 'refresh-token-revoked',
    at: 'token',
    causes: [
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'password-changed',
      'expired',
      'rotated',
      'reused',
      'evicted',
    ],
    produce: [{ act: 'revoke-by-admin' }, { refresh: 'current' }],
    source: 'Azure/azure-cli#16745 and microsoft/SynapseVSCode#87',
    sureness: 'observed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        50_173,
        `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${issued(refused)}' and the TokensValidFrom date (before which tokens are not valid) for this user is '${validFrom(refused)}'.`,
        { suberror: 'bad_token' },
      ),
  },
  {
    id: 'user-disabled',
    at: 'token',
    causes: ['offboarded'],
    produce: [{ act: 'offboard' }, { refresh: 'current' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) => aadsts(refused, 'invalid_grant', 50_057, 'The user account is disabled.'),
  },
  {
    id: 'user-deleted',
    at: 'token',
    causes: ['account-deleted'],
    produce: [{ act: 'delete-account' }, { refresh: 'current' }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        50_034,
        'The user account {EUII Hidden} does not exist in the directory. To sign into this application, the account must be added to the directory.',
      ),
  },
  {
    id: 'consent-missing',
    at: 'token',
    causes: ['consent-withdrawn', 'scope-exceeds'],
    produce: [{ act: 'withdraw-consent' }, { refresh: 'current' }],
    source: `${CODES}; the suberror: the OAuth 2.0 error handling guide`,
    sureness: 'documented',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        65_001,
        'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
        { suberror: 'consent_required' },
      ),
  },
  {
    id: 'sign-in-too-old',
    at: 'token',
    causes: ['reauth-required'],
    produce: [{ act: 'require-reauth' }, { refresh: 'current' }],
    source: 'Azure/azure-sdk-for-python#28478',
    sureness: 'observed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        70_043,
        `The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on ${issued(refused)} and the maximum allowed lifetime for this request is 86400.`,
        { suberror: 'bad_token' },
      ),
  },
  {
    id: 'blocked-by-conditional-access',
    at: 'token',
    causes: ['ip-restricted'],
    produce: [{ act: 'restrict-ip' }, { refresh: 'current' }],
    source: 'AzureAD/microsoft-identity-web#2419; the suberror: the OAuth 2.0 error handling guide',
    sureness: 'observed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        53_003,
        'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
        { suberror: 'message_only', claims: policyClaims(refused) },
      ),
  },
  {
    id: 'device-not-compliant',
    at: 'token',
    causes: ['session-policy'],
    produce: [{ act: 'restrict-session' }, { refresh: 'current' }],
    source: `${CODES}; that it is invalid_grant is an inference`,
    sureness: 'assumed',
    answer: (refused) =>
      aadsts(
        refused,
        'invalid_grant',
        53_000,
        'Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant. The user must enroll their device with an approved MDM provider like Intune.',
        { suberror: 'message_only', claims: policyClaims(refused) },
      ),
  },
];

/** In place of `sign-in-too-old`, where the policy asks for a second factor. */
export const MFA_ROW: WireRow = {
  id: 'second-factor-needed',
  at: 'token',
  causes: ['reauth-required'],
  produce: [{ act: 'require-reauth' }, { refresh: 'current' }],
  source: `${CODES}; the members: the OAuth 2.0 error handling guide`,
  sureness: 'documented',
  answer: (refused) =>
    aadsts(
      refused,
      'interaction_required',
      50_076,
      `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${GRAPH_APP_ID}'.`,
      { suberror: 'basic_action', claims: policyClaims(refused) },
    ),
};

const issued = ({ refreshToken, nowMs }: Refused) => longInstant(refreshToken?.issuedAtMs ?? nowMs);
const validFrom = ({ refreshToken, nowMs }: Refused) => longInstant(refreshToken?.ended?.atMs ?? nowMs);

const policyClaims = ({ randomness }: Refused) =>
  JSON.stringify({
    access_token: { capolids: { essential: true, values: [randomness.uuid('conditional access policy')] } },
  });
