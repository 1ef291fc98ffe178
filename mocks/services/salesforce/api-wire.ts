// Salesforce's words where a call meets the REST API, the identity service and the user info endpoint.

import type { Answer } from '../../http.ts';
import type { Refusal } from '../../refusals.ts';
import type { WireRow } from '../../service.ts';
import { apiError, oauthError } from './answers.ts';

const DAY_MS = 86_400_000;
const API = '/services/data/v60.0';
const SOBJECT = `${API}/sobjects/Account`;
const USERINFO = '/services/oauth2/userinfo';

/** What is said of a session that is over, or of none. */
export const sessionInvalid = (): Answer =>
  apiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid', { 'www-authenticate': 'Token' });

/** The routes that answer a bad token in one word of plain text. */
const IDENTITY_ROUTES = ['userinfo', 'identity'];

const DEAD: readonly Refusal[] = [
  'expired',
  'unknown-token',
  'revoked-by-user',
  'revoked-by-admin',
  'revoked-by-client',
  'session-ended',
  'superseded',
  'reused',
  'offboarded',
  'account-deleted',
  'password-changed',
  'consent-withdrawn',
];

/** The calls that a busy org has left for a day. */
export const CALLS_WHEN_BUSY = 20;

const word = (text: string) => ({
  status: 403,
  headers: { 'content-type': 'text/plain; charset=UTF-8' },
  body: text,
});

/** What the resource server says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'session-invalid',
    at: 'resource',
    causes: ['no-token', ...DEAD],
    produce: [{ advanceMs: DAY_MS }, { call: `${SOBJECT}/describe` }],
    source: 'REST API developer guide: status codes and error responses; the header is not confirmed',
    sureness: 'documented',
    answer: sessionInvalid,
  },
  {
    id: 'session-not-for-the-api',
    at: 'resource',
    causes: ['ip-restricted', 'session-policy', 'service-restricted'],
    produce: [{ act: 'restrict-session' }, { call: `${SOBJECT}/describe` }],
    source: '@jsforce/jsforce-node 3.10.16; nango.dev on INVALID_SESSION_ID',
    sureness: 'observed',
    answer: () =>
      apiError(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API', {
        'www-authenticate': 'Token',
      }),
  },
  {
    id: 'api-disabled-for-user',
    at: 'resource',
    causes: ['api-disabled'],
    produce: [{ act: 'disable-api' }, { call: `${SOBJECT}/describe` }],
    source: 'Adobe Marketo Measure: Salesforce error codes (code and text; the status is a guess)',
    sureness: 'assumed',
    answer: () => apiError(403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User'),
  },
  {
    id: 'api-disabled-for-org',
    at: 'resource',
    causes: ['org-without-api'],
    produce: [{ act: 'disable-api-for-org' }, { call: `${SOBJECT}/describe` }],
    source: 'answers quoted in tests of several clients',
    sureness: 'observed',
    answer: () => apiError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ act: 'narrow-scope', scopes: ['refresh_token'] }, { call: `${SOBJECT}/describe` }],
    source: 'not confirmed: the words of a session of the wrong type, with 403',
    sureness: 'assumed',
    answer: () => apiError(403, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
  },
  {
    id: 'access-insufficient',
    at: 'resource',
    causes: ['denied-by-policy'],
    produce: [{ act: 'deny-by-policy' }, { call: `${SOBJECT}/describe` }],
    source: 'SOAP API developer guide: exception codes (the code; the status is a guess)',
    sureness: 'assumed',
    answer: () => apiError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on object id'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${SOBJECT}/001000000000000AAA` }],
    source: 'REST API developer guide: status codes and error responses',
    sureness: 'documented',
    answer: () => apiError(404, 'NOT_FOUND', 'The requested resource does not exist'),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${API}/query?q=SELECT+everything` }],
    further: [
      [{ call: `${API}/query?q=SELECT+Id+FROM+Nothing` }],
      [{ call: `${API}/query?q=SELECT+Nothing+FROM+Account` }],
    ],
    source: 'SOAP API developer guide: exception codes (the codes; the texts follow answers seen in public)',
    sureness: 'observed',
    answer: ({ code, detail }) => apiError(400, code ?? 'UNKNOWN_EXCEPTION', detail ?? ''),
  },
  {
    id: 'daily-limit',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: CALLS_WHEN_BUSY + 1 }, () => ({ call: `${SOBJECT}/describe` })),
    source: 'SOAP API developer guide: exception codes; the text is common experience',
    sureness: 'documented',
    answer: () => apiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  },
  {
    id: 'identity-bad-token',
    at: 'resource',
    routes: IDENTITY_ROUTES,
    causes: DEAD,
    produce: [{ act: 'end-sessions' }, { call: USERINFO }],
    source: 'auto-refresh conditions of several clients',
    sureness: 'observed',
    answer: () => word('Bad_OAuth_Token'),
  },
  {
    id: 'identity-no-token',
    at: 'resource',
    routes: IDENTITY_ROUTES,
    causes: ['no-token'],
    produce: [{ call: USERINFO, as: 'nobody' }],
    source: 'not confirmed',
    sureness: 'assumed',
    answer: () => word('Missing_OAuth_Token'),
  },
  {
    id: 'introspection-incomplete',
    at: 'resource',
    routes: ['introspect'],
    causes: ['missing-parameter'],
    produce: [{ call: '/services/oauth2/introspect', method: 'POST', as: 'nobody' }],
    source: 'RFC 7662 section 2.1; the description is a guess',
    sureness: 'assumed',
    answer: oauthError('invalid_request', 'missing required parameter: token'),
  },
];
