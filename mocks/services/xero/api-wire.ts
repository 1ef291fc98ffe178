// Xero's words where a call meets the API. An expired token is told with the moment at which it expired.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import { empty, json } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { problem } from './answers.ts';
import { tenantIdOf } from './ids.ts';
import { CALLS_PER_MINUTE } from './limits.ts';
import { accounting, TENANT_HEADER } from './organisation.ts';

const HALF_HOUR_MS = 30 * 60_000;
const INVOICES = accounting('/Invoices');
// Recipes act for an account of this tenant; the other tenant there is globex.
const headers = { [TENANT_HEADER]: tenantIdOf('acme') };
const READ = { call: INVOICES, headers } as const;

const ENDED = ACCESS_TOKEN_ENDED.filter((cause) => cause !== 'consent-withdrawn');

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HALF_HOUR_MS }, READ],
    source: 'XeroAPI/xero-node#435; an answer of the live API in the tests of pyxero',
    sureness: 'observed',
    answer: (refused) => problem(refused, 401, `TokenExpired: token expired at ${momentOf(refused)}`),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['no-token', 'unknown-token', ...ENDED],
    produce: [{ act: 'end-sessions' }, READ],
    source: 'developer.xero.com: troubleshooting; XeroAPI/xero-postman-oauth2#3',
    sureness: 'observed',
    answer: (refused) => problem(refused, 401, 'AuthenticationUnsuccessful'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: accounting('/Reports/ProfitAndLoss'), headers }],
    source: 'XeroAPI/xero-node#320: that a scope is what is missing is not confirmed there',
    sureness: 'assumed',
    answer: (refused) => problem(refused, 401, 'AuthorizationUnsuccessful'),
  },
  {
    id: 'tenant-forbidden',
    at: 'resource',
    causes: ['other-tenant', 'consent-withdrawn'],
    produce: [{ call: INVOICES, headers: { [TENANT_HEADER]: tenantIdOf('globex') } }],
    source: 'dcblogdev/laravel-xero#40, XeroAPI/xero-node#432: a tenant that is not, or no longer, connected',
    sureness: 'observed',
    answer: (refused) => problem(refused, 403, 'AuthenticationUnsuccessful'),
  },
  {
    id: 'tenant-header-missing',
    at: 'resource',
    causes: ['missing-parameter'],
    produce: [{ call: INVOICES }],
    source: 'NangoHQ/nango#203: the words are those for the wrong tenant',
    sureness: 'observed',
    answer: (refused) => problem(refused, 403, 'AuthenticationUnsuccessful'),
  },
  {
    id: 'user-forbidden',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, READ],
    source: 'Xero does not document it',
    sureness: 'assumed',
    answer: (refused) => problem(refused, 403, 'AuthorizationUnsuccessful'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${INVOICES}/INV-9999`, headers }],
    source: 'developer.xero.com/documentation/api/accounting/responsecodes for the status',
    sureness: 'documented',
    answer: () => ({
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: "The resource you're looking for cannot be found",
    }),
  },
  {
    id: 'validation-failed',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: INVOICES, method: 'POST', headers, body: { Type: 'ACCREC' } }],
    source: 'developer.xero.com/documentation/api/accounting/responsecodes',
    sureness: 'documented',
    answer: ({ detail }) =>
      json(400, {
        ErrorNumber: 10,
        Type: 'ValidationException',
        Message: 'A validation exception occurred',
        Elements: [{ ValidationErrors: [{ Message: detail ?? 'The request is malformed' }] }],
      }),
  },
  {
    id: 'minute-limit',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => READ),
    source: 'developer.xero.com/faq/limits; the empty body is common experience',
    sureness: 'documented',
    answer: () => empty(429),
  },
];

// A month first, as Xero writes it; UTC, though nothing says so.
function momentOf({ token, nowMs }: Refused): string {
  const [date = '', time = ''] = new Date(token?.expiresAtMs ?? nowMs).toISOString().split(/[T.]/);
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${time}`;
}
