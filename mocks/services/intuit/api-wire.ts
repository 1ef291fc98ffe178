// Intuit's words where a call meets the API: one code for every dead token, and a detail that tells them apart.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { Refused, WireRow } from '../../service.ts';
import { gatewayFault, serviceFault } from './answers.ts';
import { companyPath, realmIdOf } from './ids.ts';
import { CALLS_PER_MINUTE } from './limits.ts';

const HOUR_MS = 3_600_000;
// Recipes act for an account of this tenant; the other tenant there is globex.
const HERE = companyPath(realmIdOf('acme'));
const READ = { call: `${HERE}/customer/1` } as const;

/** The fault of a token that the gateway does not take. */
export const authenticationFault = (detail: string | null) => ({
  status: 401,
  message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
  detail,
  code: '3200',
  type: 'AUTHENTICATION',
});

const forbidden = (refused: Refused, failed: string, detail: string | null) =>
  gatewayFault(refused, {
    status: 403,
    message: `message=${failed}; errorCode=003100; statusCode=403`,
    detail,
    code: '3100',
    type: 'SERVICE',
  });

const invalid = (refused: Refused, message: string, detail: string, code: string) =>
  serviceFault(refused, { status: 400, message, detail, code, type: 'ValidationFault' });

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, READ],
    source: 'routablehq/python-quickbooks#118, #207',
    sureness: 'observed',
    answer: (refused) => gatewayFault(refused, authenticationFault('Token expired')),
  },
  {
    id: 'access-token-malformed',
    at: 'resource',
    causes: ['no-token', 'unknown-token'],
    produce: [{ ...READ, as: 'forged' }],
    source: 'routablehq/python-quickbooks#250',
    sureness: 'observed',
    answer: (refused) =>
      gatewayFault(refused, authenticationFault('Malformed bearer token: too short or too long')),
  },
  {
    id: 'access-token-revoked',
    at: 'resource',
    causes: ACCESS_TOKEN_ENDED,
    produce: [{ act: 'revoke' }, READ],
    source: 'the same code; that the detail names the revocation is not confirmed',
    sureness: 'assumed',
    answer: (refused) => gatewayFault(refused, authenticationFault('Token revoked')),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/quickbooks/v4/payments/charges/EF1' }],
    source: 'IntuitDeveloper/QBOConceptsTutorial-PHP#13',
    sureness: 'observed',
    answer: (refused) =>
      forbidden(refused, 'AuthorizationFailed', 'The access token does not have sufficient scope'),
  },
  {
    id: 'company-of-others',
    at: 'resource',
    causes: ['other-tenant', ...CALL_BARRED],
    produce: [{ call: `${companyPath(realmIdOf('globex'))}/customer/1` }],
    source: 'intuit/oauth-jsclient#2, mcohen01/node-quickbooks#154',
    sureness: 'observed',
    answer: (refused) => forbidden(refused, 'ApplicationAuthorizationFailed', null),
  },
  {
    id: 'object-not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${HERE}/invoice/999` }],
    source: 'developer.intuit.com: QuickBooks Online error codes, 610; a 400',
    sureness: 'documented',
    answer: (refused) =>
      invalid(
        refused,
        'Object Not Found',
        'Object Not Found : Something you are trying to use has been made inactive. Check the fields with ' +
          'accounts, customers, items, vendors or employees.',
        '610',
      ),
  },
  {
    id: 'validation-fault',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${HERE}/query?query=select%20everything` }],
    source: 'developer.intuit.com: QuickBooks Online error codes, 2010, 2020, 4000, 5010',
    sureness: 'documented',
    answer: (refused) =>
      invalid(
        refused,
        refused.detail ?? 'Invalid request',
        refused.detail ?? 'Invalid request',
        refused.code ?? '2010',
      ),
  },
  {
    id: 'throttled',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => READ),
    source:
      'developer.intuit.com: limits and throttles, for the number and the status; the body as test fixtures of integrations have it',
    sureness: 'assumed',
    answer: (refused) =>
      gatewayFault(refused, {
        status: 429,
        message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
        detail: 'The request limit was reached.',
        code: '3001',
        type: 'SERVICE',
      }),
  },
];
