// API keys: a header of their own, no end, no refresh, and one sentence for every key that is dead.

import { ACCESS_TOKEN_ENDED, CALL_BARRED, CLIENT_REFUSED } from '../../causes.ts';
import { header } from '../../presented-token.ts';
import type { Refused, Variant, WireRow } from '../../service.ts';
import { withPolicy } from '../../variant.ts';
import { apiError, oauthError } from './answers.ts';

const HEADER = 'x-api-key';
const MODELS = { call: '/v1/models', headers: { 'anthropic-version': '2023-06-01' } } as const;

const says = (status: number, type: string, message: string) => (refused: Refused) =>
  apiError(refused, status, type, message);

const OBSERVED = { source: 'answers quoted in public issue threads', sureness: 'observed' } as const;

const WIRE: readonly WireRow[] = [
  {
    id: 'nothing-to-refresh',
    at: 'token',
    causes: [
      ...CLIENT_REFUSED,
      'unknown-token',
      'unknown-code',
      'unsupported-grant-type',
      'missing-parameter',
    ],
    produce: [{ refresh: 'forged' }],
    source: 'API keys have no refresh token: the words are those of the OAuth endpoint',
    sureness: 'assumed',
    answer: (refused) => oauthError(refused, 400, 'invalid_grant', 'Refresh token not found or invalid'),
  },
  {
    id: 'key-invalid',
    at: 'resource',
    causes: [...ACCESS_TOKEN_ENDED, 'unknown-token', 'evicted', 'expired'],
    produce: [{ act: 'revoke' }, MODELS],
    source: `${OBSERVED.source}; that a key whose end was set gets them too is an inference`,
    sureness: OBSERVED.sureness,
    answer: says(401, 'authentication_error', `invalid ${HEADER}`),
  },
  {
    id: 'no-key',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...MODELS, as: 'nobody' }],
    ...OBSERVED,
    answer: says(401, 'authentication_error', `${HEADER} header is required`),
  },
  {
    id: 'key-denied',
    at: 'resource',
    causes: [...CALL_BARRED, 'scope-missing'],
    produce: [{ act: 'deny-by-policy' }, MODELS],
    source: 'docs.anthropic.com/en/api/errors (the type)',
    sureness: 'documented',
    answer: says(
      403,
      'permission_error',
      'Your API key does not have permission to use the specified resource.',
    ),
  },
];

/** Rows that hold for keys as for OAuth. */
const SHARED = ['not-found', 'invalid-request', 'rate-limited'];
const OAUTH_ONLY = '/api/oauth/';

/** The variant. */
export const apiKey: Variant = {
  title: 'an API key: in a header of its own, without an end and without a refresh',
  status: 'real',
  source: 'docs.anthropic.com/en/api/overview (authentication)',
  apply: (service) => ({
    ...withPolicy(service, { access: { kind: 'never' }, refresh: { kind: 'none' }, rotation: 'none' }),
    endpoints: { ...service.endpoints, authorize: [] },
    presentedToken: header(HEADER),
    authorization: 'X-Api-Key: {token}',
    statesLifetime: false,
    earnsRefreshToken: () => false,
    acts: { ...service.acts, 'change-password': () => null },
    mintAccess: (randomness, key) => `sk-ant-api03-${randomness.chars(93, 'token', key)}AA`,
    wire: [...WIRE, ...service.wire.filter(({ id }) => SHARED.includes(id))],
    routes: service.routes.filter(({ path }) => !path.startsWith(OAUTH_ONLY)),
  }),
};
