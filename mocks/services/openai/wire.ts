// OpenAI's words for every refusal. A dead key, a barred address and a wrong organization are all 401.

import { CLIENT_REFUSED } from '../../causes.ts';
import { masked } from '../../masked.ts';
import { bearer } from '../../presented-token.ts';
import type { Refused, WireRow } from '../../service.ts';
import { failed } from './answers.ts';
import { CALLS_PER_MINUTE, limited } from './limits.ts';
import { vectorStoreIdOf } from './organization.ts';

const MODELS = { call: '/v1/models' } as const;
const ERRORS = 'platform.openai.com/docs/guides/error-codes';

const says =
  (status: number, message: string, more: { readonly type?: string; readonly code?: string } = {}) =>
  (refused: Refused) =>
    failed(refused, status, message, more);

const TOKEN_WIRE: readonly WireRow[] = [
  {
    id: 'nothing-to-exchange',
    at: 'token',
    causes: [
      ...CLIENT_REFUSED,
      'unknown-token',
      'unknown-code',
      'unsupported-grant-type',
      'missing-parameter',
    ],
    produce: [{ refresh: 'forged' }],
    source: 'API keys have no refresh token: the words are a guess',
    sureness: 'assumed',
    answer: (refused) => failed(refused, 400, 'Invalid token request.', { code: 'invalid_request' }),
  },
];

const API_WIRE: readonly WireRow[] = [
  {
    id: 'invalid-api-key',
    at: 'resource',
    causes: [
      'unknown-token',
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'session-ended',
      'account-deleted',
      'password-changed',
      'consent-withdrawn',
      'superseded',
      'expired',
    ],
    produce: [{ act: 'revoke' }, MODELS],
    source:
      'answers quoted in public issue threads; they show both ends of the key; for an expired one an inference',
    sureness: 'observed',
    answer: (refused) => {
      const shown = masked(bearer(refused.request) ?? '');
      const where = 'You can find your API key at https://platform.openai.com/account/api-keys.';
      return failed(refused, 401, `Incorrect API key provided: ${shown}. ${where}`, {
        code: 'invalid_api_key',
      });
    },
  },
  {
    id: 'no-api-key',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...MODELS, as: 'nobody' }],
    source: 'not confirmed word by word',
    sureness: 'assumed',
    answer: says(
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using " +
        'Bearer auth (i.e. Authorization: Bearer YOUR_KEY). ' +
        'You can obtain an API key from https://platform.openai.com/account/api-keys.',
    ),
  },
  {
    id: 'not-a-member',
    at: 'resource',
    causes: ['offboarded'],
    produce: [{ act: 'offboard' }, MODELS],
    source: ERRORS,
    sureness: 'documented',
    answer: says(401, 'You must be a member of an organization to use the API'),
  },
  {
    id: 'ip-not-authorized',
    at: 'resource',
    causes: ['ip-restricted'],
    produce: [{ act: 'restrict-ip' }, MODELS],
    source: ERRORS,
    sureness: 'documented',
    answer: says(401, 'IP not authorized'),
  },
  {
    id: 'wrong-organization',
    at: 'resource',
    causes: ['wrong-client'],
    produce: [{ ...MODELS, headers: { 'openai-organization': 'org-another' } }],
    source: 'not confirmed word by word',
    sureness: 'assumed',
    answer: (refused) => {
      const { code } = refused;
      const what = code === 'mismatched_project' ? 'Project' : 'Organization';
      return failed(refused, 401, `OpenAI-${what} header should match ${what.toLowerCase()} for API key`, {
        code,
      });
    },
  },
  {
    id: 'country-not-supported',
    at: 'resource',
    causes: ['denied-by-policy'],
    produce: [{ act: 'deny-by-policy' }, MODELS],
    source: `${ERRORS} (the code)`,
    sureness: 'documented',
    answer: says(403, 'Country, region, or territory not supported', {
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    }),
  },
  {
    id: 'access-disabled',
    at: 'resource',
    causes: ['session-policy', 'api-disabled', 'org-without-api', 'service-restricted'],
    produce: [{ act: 'disable-api' }, MODELS],
    source: 'OpenAI does not document it',
    sureness: 'assumed',
    answer: says(403, 'Your project does not have access to this API.'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/v1/organization/projects' }],
    source: 'not confirmed word by word; older answers are 401',
    sureness: 'assumed',
    answer: (refused) => failed(refused, 403, missingScopes(refused)),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/v1/vector_stores/${vectorStoreIdOf('acme')}`, as: 'second' }],
    further: [[{ call: '/v1/models/no-such-model' }]],
    source: 'not confirmed word by word',
    sureness: 'assumed',
    answer: (refused) => failed(refused, 404, refused.detail ?? 'Not found', { code: refused.code }),
  },
  {
    id: 'invalid-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/v1/chat/completions', method: 'POST', body: {} }],
    source: `${ERRORS}; the messages are the mock's own`,
    sureness: 'documented',
    answer: (refused) => failed(refused, 400, refused.detail ?? 'Invalid request'),
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_PER_MINUTE + 1 }, () => MODELS),
    source:
      'feder-cr/invisible_playwright_mcp#249, where the words also name the organization, the limit and the use of it; ' +
      'the headers: platform.openai.com/docs/guides/rate-limits',
    sureness: 'observed',
    answer: limited,
  },
];

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [...TOKEN_WIRE, ...API_WIRE];

/** What a restricted key is told when it lacks a scope. */
export const missingScopes = ({ needsOneOf }: Refused): string =>
  `You have insufficient permissions for this operation. Missing scopes: ${needsOneOf[0]}. Check that you have the ` +
  "correct role in your organization, and if you're using a restricted API key, that it has the necessary scopes.";
