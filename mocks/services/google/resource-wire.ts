// What Google's APIs say when they refuse a call.

import type { Refused, WireRow } from '../../service.ts';
import { apiError, methodOf } from './api-error.ts';

const HOUR = 3_600_000;

const ERROR_REASONS = 'googleapis: google/api/error_reason.proto';
const PROFILE = '/gmail/v1/users/me/profile';
const SHEET = '/v4/spreadsheets/report-acme';
const FILE = '/drive/v3/files/report-acme';
const PROJECT = '123456789012';
const HELP = 'Expected OAuth 2 access token, login cookie or other valid authentication credential. See';
const HELP_PAGE = 'https://developers.google.com/identity/sign-in/web/devconsole-project.';

const UNAUTHENTICATED = [401, 'UNAUTHENTICATED'] as const;
const PERMISSION_DENIED = [403, 'PERMISSION_DENIED'] as const;

const INVALID_CREDENTIALS = {
  message: 'Invalid Credentials',
  reason: 'authError',
  location: ['header', 'Authorization'],
} as const;

const invalidCredentials = (reason: string) => (refused: Refused) =>
  apiError(refused, UNAUTHENTICATED, `Request had invalid authentication credentials. ${HELP} ${HELP_PAGE}`, {
    info: { reason },
    legacy: INVALID_CREDENTIALS,
    challenge: ', error="invalid_token"',
  });

const forbidden = (refused: Refused) =>
  apiError(refused, PERMISSION_DENIED, 'The caller does not have permission', {
    legacy: { reason: 'forbidden' },
  });

const fileNotFound = (refused: Refused) =>
  apiError(refused, [404, 'NOT_FOUND'], `File not found: ${refused.detail ?? ''}.`, {
    legacy: { reason: 'notFound', location: ['parameter', 'fileId'] },
  });

/** The reads, and the writes, that Sheets allows in a minute. */
export const SHEETS_CALLS_A_MINUTE = 300;

const quotaExceeded = (refused: Refused) => {
  const { service = '' } = methodOf(refused.route);
  const kind = refused.route?.effect === 'write' ? 'Write' : 'Read';
  const message =
    `Quota exceeded for quota metric '${kind} requests' and limit '${kind} requests per minute' of service ` +
    `'${service}' for consumer 'project_number:${PROJECT}'.`;
  return apiError(refused, [429, 'RESOURCE_EXHAUSTED'], message, {
    info: {
      reason: 'RATE_LIMIT_EXCEEDED',
      metadata: {
        consumer: `projects/${PROJECT}`,
        quota_metric: `${service}/${kind.toLowerCase()}_requests`,
        quota_limit: `${kind}RequestsPerMinutePerProject`,
      },
    },
    legacy: { reason: 'rateLimitExceeded' },
  });
};

/** The rows. */
export const resourceWire: readonly WireRow[] = [
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: [
      'expired',
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
    ],
    produce: [{ advanceMs: HOUR }, { call: SHEET }],
    source: `${ERROR_REASONS}, ACCESS_TOKEN_EXPIRED; bodies in many issues`,
    sureness: 'observed',
    answer: invalidCredentials('ACCESS_TOKEN_EXPIRED'),
  },
  {
    id: 'access-token-unknown',
    at: 'resource',
    causes: ['unknown-token'],
    produce: [{ call: SHEET, as: 'forged' }],
    source: `${ERROR_REASONS}, ACCESS_TOKEN_TYPE_UNSUPPORTED; what garbage is answered with`,
    sureness: 'observed',
    answer: invalidCredentials('ACCESS_TOKEN_TYPE_UNSUPPORTED'),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: SHEET, as: 'nobody' }],
    source: `${ERROR_REASONS}, CREDENTIALS_MISSING; bodies in many issues`,
    sureness: 'observed',
    answer: (refused) =>
      apiError(
        refused,
        UNAUTHENTICATED,
        `Request is missing required authentication credential. ${HELP} ${HELP_PAGE}`,
        {
          info: { reason: 'CREDENTIALS_MISSING' },
          legacy: { message: 'Login Required.', reason: 'required', location: ['header', 'Authorization'] },
          challenge: '',
        },
      ),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: PROFILE }],
    source: `${ERROR_REASONS}, ACCESS_TOKEN_SCOPE_INSUFFICIENT; bodies in many issues`,
    sureness: 'observed',
    answer: (refused) =>
      apiError(refused, PERMISSION_DENIED, 'Request had insufficient authentication scopes.', {
        info: { reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
        legacy: { message: 'Insufficient Permission', reason: 'insufficientPermissions' },
        challenge: `, error="insufficient_scope", scope="${refused.needsOneOf.join(' ')}"`,
      }),
  },
  {
    id: 'no-permission',
    at: 'resource',
    causes: ['other-tenant', 'denied-by-policy', 'service-restricted'],
    produce: [{ call: SHEET, as: 'second' }],
    source: 'common experience, in no document',
    sureness: 'assumed',
    answer: forbidden,
  },
  {
    id: 'context-denied-call',
    at: 'resource',
    causes: ['ip-restricted', 'session-policy'],
    produce: [{ act: 'restrict-ip' }, { call: SHEET }],
    source: `${ERROR_REASONS}, SECURITY_POLICY_VIOLATED`,
    sureness: 'documented',
    answer: (refused) =>
      apiError(refused, PERMISSION_DENIED, "Request is prohibited by organization's policy.", {
        info: {
          reason: 'SECURITY_POLICY_VIOLATED',
          metadata: { uid: refused.randomness.hex(16, 'policy', refused.key) },
        },
        legacy: { reason: 'forbidden' },
      }),
  },
  {
    id: 'api-disabled',
    at: 'resource',
    causes: ['api-disabled', 'org-without-api'],
    produce: [{ act: 'disable-api' }, { call: SHEET }],
    source: `${ERROR_REASONS}, SERVICE_DISABLED`,
    sureness: 'documented',
    answer: (refused) => {
      const { service = '' } = methodOf(refused.route);
      const message = `${service} has not been used in project ${PROJECT} before or it is disabled.`;
      return apiError(refused, PERMISSION_DENIED, message, {
        info: { reason: 'SERVICE_DISABLED', metadata: { consumer: `projects/${PROJECT}` } },
        legacy: { reason: 'accessNotConfigured' },
      });
    },
  },
  {
    id: 'file-not-found',
    at: 'resource',
    routes: ['files.get'],
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: FILE, as: 'second' }],
    source: 'Drive API guide, resolve errors: 404 also where the user lacks read access',
    sureness: 'documented',
    answer: fileNotFound,
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: '/v4/spreadsheets/no-such-spreadsheet' }],
    source: 'google.rpc.Code NOT_FOUND; bodies in many issues',
    sureness: 'observed',
    answer: (refused) =>
      apiError(refused, [404, 'NOT_FOUND'], 'Requested entity was not found.', {
        legacy: { reason: 'notFound' },
      }),
  },
  {
    id: 'quota-exceeded',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: SHEETS_CALLS_A_MINUTE + 1 }, () => ({ call: SHEET })),
    source: `${ERROR_REASONS}, RATE_LIMIT_EXCEEDED; there is no Retry-After`,
    sureness: 'documented',
    answer: quotaExceeded,
  },
  {
    id: 'file-query-invalid',
    at: 'resource',
    routes: ['files.list'],
    causes: ['bad-request'],
    produce: [{ call: "/drive/v3/files?q=colour+%3D+'red'" }],
    source: 'Drive API guide, resolve errors: 400 Invalid Value',
    sureness: 'documented',
    answer: (refused) =>
      apiError(refused, [400, 'INVALID_ARGUMENT'], 'Invalid Value', {
        legacy: { reason: 'invalid', location: ['parameter', refused.detail ?? ''] },
      }),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${SHEET}/values/NoSuchSheet!A1` }],
    source: 'bodies in many issues: Unable to parse range',
    sureness: 'observed',
    answer: (refused) =>
      apiError(
        refused,
        [400, 'INVALID_ARGUMENT'],
        refused.detail ?? 'Request contains an invalid argument.',
        {
          legacy: { reason: 'badRequest' },
        },
      ),
  },
];
