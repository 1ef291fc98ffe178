// GitHub's words where a call meets the API, for each kind of token. A 403 has six causes and a 404 has four.

import type { Refused, WireRow } from '../../service.ts';
import { apiError } from './answers.ts';
import { APP_WIRE } from './app-wire.ts';
import { WRITES_A_MINUTE } from './issues.ts';
import type { Kind } from './permissions.ts';

const WEBSITE = '/repos/acme/website';
const PRIVATE_ROUTES = [
  'repos.read',
  'repos.delete',
  'issues.list',
  'issues.read',
  'issues.create',
  'issues.change',
];
const NEWER_DOCS = 'docs.github.com/rest: troubleshooting the REST API';
const NOT_CONFIRMED = 'common experience, in no document';

/** The calls that a busy user or installation has left in an hour. */
export const CALLS_WHEN_BUSY = 20;

const primaryLimit = () =>
  apiError(403, 'API rate limit exceeded.', {
    page: 'rest/overview/rate-limits-for-the-rest-api#primary-rate-limit-for-authenticated-users',
  });

const ORG = ({ request }: Refused) => /^\/repos\/([^/]+)\//.exec(request.path)?.[1] ?? 'your';

const common: readonly WireRow[] = [
  {
    id: 'bad-credentials',
    at: 'resource',
    causes: [
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
    ],
    produce: [{ act: 'revoke' }, { call: WEBSITE }],
    source:
      'docs.github.com/rest: authenticating; bodies in many issues. Expired and revoked get the same words',
    sureness: 'documented',
    answer: () => apiError(401, 'Bad credentials'),
  },
  {
    id: 'requires-authentication',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: '/user', as: 'nobody' }],
    source: NEWER_DOCS,
    sureness: 'documented',
    answer: () => apiError(401, 'Requires authentication'),
  },
  {
    id: 'private-without-token',
    at: 'resource',
    routes: PRIVATE_ROUTES,
    causes: ['no-token'],
    produce: [{ call: WEBSITE, as: 'nobody' }],
    source: `${NEWER_DOCS}: 404 instead of 403, so that private repositories stay unknown`,
    sureness: 'documented',
    answer: () => apiError(404, 'Not Found'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: WEBSITE, as: 'second' }],
    source: `${NEWER_DOCS}: a repository of another installation is not found`,
    sureness: 'documented',
    answer: () => apiError(404, 'Not Found'),
  },
  {
    id: 'saml-enforced',
    at: 'resource',
    causes: ['session-policy'],
    produce: [{ act: 'restrict-session' }, { call: WEBSITE }],
    source: NOT_CONFIRMED,
    sureness: 'assumed',
    answer: (refused) =>
      apiError(
        403,
        'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
        {
          page: 'articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
          headers: { 'x-github-sso': `required; url=https://github.com/orgs/${ORG(refused)}/sso` },
        },
      ),
  },
  {
    id: 'ip-not-allowed',
    at: 'resource',
    causes: ['ip-restricted'],
    produce: [{ act: 'restrict-ip' }, { call: WEBSITE }],
    source: NOT_CONFIRMED,
    sureness: 'assumed',
    answer: (refused) =>
      apiError(
        403,
        `Although you appear to have the correct authorization credentials, the \`${ORG(refused)}\` organization ` +
          'has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      ),
  },
  {
    id: 'primary-rate-limit',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: CALLS_WHEN_BUSY + 1 }, () => ({ call: WEBSITE })),
    source:
      'docs.github.com/rest: rate limits; 403 or 429, told from other refusals by x-ratelimit-remaining: 0',
    sureness: 'documented',
    answer: primaryLimit,
  },
  {
    id: 'secondary-rate-limit',
    at: 'resource',
    routes: ['issues.create', 'issues.change'],
    causes: ['rate-limited'],
    produce: Array.from({ length: WRITES_A_MINUTE + 1 }, () => ({
      call: `${WEBSITE}/issues`,
      method: 'POST',
      body: { title: 'again' },
    })),
    source:
      'docs.github.com/rest: rate limits; 403 or 429, of which the message tells, for calls are left. The header is ' +
      'there sometimes',
    sureness: 'documented',
    answer: (refused) =>
      refused.code === 'secondary'
        ? apiError(
            403,
            'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
            {
              page: 'rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
              headers: { 'retry-after': '60' },
            },
          )
        : primaryLimit(),
  },
  {
    id: 'validation-failed',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${WEBSITE}/issues`, method: 'POST', body: { body: 'no title' } }],
    further: [[{ call: `${WEBSITE}/issues`, method: 'POST', body: 'no JSON' }]],
    source: NEWER_DOCS,
    sureness: 'documented',
    answer: ({ code, route }) => {
      if (code === null) return apiError(400, 'Problems parsing JSON');
      const resource = route?.id.startsWith('issues.') ? 'Issue' : 'OauthAccess';
      return apiError(422, 'Validation Failed', {
        errors: [{ resource, field: code, code: 'missing_field' }],
      });
    },
  },
];

const suspended: WireRow = {
  id: 'suspended',
  at: 'resource',
  causes: ['service-restricted'],
  produce: [{ act: 'restrict-service' }, { call: WEBSITE }],
  source:
    'hcengineering/platform#7639, octokit/octokit.rb#1307; seen when a token is asked for, assumed of calls',
  sureness: 'observed',
  answer: () =>
    apiError(403, 'This installation has been suspended', {
      page: 'rest/reference/apps#create-an-installation-access-token-for-an-app',
    }),
};

const notAccessible: WireRow = {
  id: 'permission-missing',
  at: 'resource',
  causes: ['scope-missing', 'denied-by-policy', 'api-disabled', 'org-without-api'],
  produce: [{ call: WEBSITE, method: 'DELETE' }],
  source: NEWER_DOCS,
  sureness: 'documented',
  answer: ({ needsOneOf }) =>
    apiError(403, 'Resource not accessible by integration', {
      ...(needsOneOf.length === 0
        ? {}
        : { headers: { 'x-accepted-github-permissions': needsOneOf.join('; ').replaceAll(':', '=') } }),
    }),
};

const oauthApp: readonly WireRow[] = [
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ act: 'narrow-scope', scopes: ['read:user'] }, { call: WEBSITE }],
    source: `${NEWER_DOCS}; X-OAuth-Scopes and X-Accepted-OAuth-Scopes tell what was lacking`,
    sureness: 'documented',
    answer: () => apiError(404, 'Not Found'),
  },
  {
    id: 'no-admin-rights',
    at: 'resource',
    routes: ['repos.delete'],
    causes: ['scope-missing'],
    produce: [{ call: WEBSITE, method: 'DELETE' }],
    source: 'docs.github.com: scopes for OAuth apps; the text is not confirmed',
    sureness: 'documented',
    answer: () => apiError(403, 'Must have admin rights to Repository.'),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: ['denied-by-policy', 'api-disabled', 'org-without-api'],
    produce: [{ act: 'deny-by-policy' }, { call: WEBSITE }],
    source: NOT_CONFIRMED,
    sureness: 'assumed',
    answer: () => apiError(403, 'Must have admin rights to Repository.'),
  },
  {
    id: 'app-restricted',
    at: 'resource',
    causes: ['service-restricted'],
    produce: [{ act: 'restrict-service' }, { call: WEBSITE }],
    source: 'docs.github.com: OAuth app access restrictions; status and text are not confirmed',
    sureness: 'assumed',
    answer: (refused) =>
      apiError(
        403,
        `Although you appear to have the correct authorization credentials, the \`${ORG(refused)}\` organization ` +
          'has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.',
        { page: 'articles/restricting-access-to-your-organization-s-data/' },
      ),
  },
];

const clientOfUsers: readonly WireRow[] = [
  {
    id: 'check-bad-client',
    at: 'resource',
    causes: ['unknown-client', 'wrong-secret', 'client-deleted'],
    produce: [{ call: '/applications/no-such-client/token', method: 'POST', as: 'nobody' }],
    source: 'as for any call with wrong Basic credentials',
    sureness: 'assumed',
    answer: () => apiError(404, 'Not Found'),
  },
];

/** What the API says to one kind of token. */
export function apiWire(kind: Kind): readonly WireRow[] {
  if (kind === 'oauth-app') return [...common, ...oauthApp, ...clientOfUsers];
  const app = [...common, suspended, notAccessible];
  return kind === 'user' ? [...app, ...clientOfUsers] : [...app, ...APP_WIRE];
}
