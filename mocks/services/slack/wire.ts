// Slack's words for every refusal. All but one are 200: the name of the error is the only difference.

import { CLIENT_REFUSED, CODE_DEAD, REFRESH_BARRED, REFRESH_TOKEN_DEAD } from '../../causes.ts';
import { type Answer, json } from '../../http.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, WireRow } from '../../service.ts';
import { failed } from './answers.ts';
import { channelIdOf } from './workspace.ts';

const DAY_MS = 86_400_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const TEST = { call: '/api/auth.test' } as const;

const METHODS = { source: 'docs.slack.dev/reference/methods (errors)', sureness: 'documented' } as const;
const ACCESS = {
  source: 'docs.slack.dev/reference/methods/oauth.v2.access',
  sureness: 'documented',
} as const;

/** The calls of one method in a minute, for methods of the most generous tier. */
export const CALLS_A_MINUTE = 100;

const says = (error: string) => (): Answer => failed(error);
const clientError = ({ cause }: Refused): Answer =>
  failed(cause === 'wrong-secret' ? 'bad_client_secret' : 'invalid_client_id');

const TOKEN_WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, 'wrong-client'],
    produce: [{ refresh: 'forged' }],
    ...ACCESS,
    answer: says('invalid_refresh_token'),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    ...ACCESS,
    answer: says('invalid_code'),
  },
  {
    id: 'redirect-uri-differs',
    at: 'token',
    causes: ['redirect-mismatch'],
    produce: [{ consent: {}, exchange: 'wrong-redirect' }],
    ...ACCESS,
    answer: says('bad_redirect_uri'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'current', as: 'wrong-secret' }],
    further: [[{ refresh: 'current', as: 'unknown-client' }]],
    ...ACCESS,
    answer: clientError,
  },
  {
    id: 'grant-type-unknown',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'current', grantType: 'password' }],
    ...ACCESS,
    answer: says('invalid_grant_type'),
  },
  {
    id: 'token-request-incomplete',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    ...METHODS,
    answer: says('invalid_arguments'),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'admin' }],
    source: 'Slack does not document a scope at a refresh',
    sureness: 'assumed',
    answer: says('invalid_scope'),
  },
  {
    id: 'refresh-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-ip' }, { refresh: 'current' }],
    ...METHODS,
    answer: says('accesslimited'),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: 'the page that Slack shows; its words are a guess',
    sureness: 'assumed',
    answer: ({ cause }) => failed(cause === 'redirect-mismatch' ? 'bad_redirect_uri' : 'invalid_client_id'),
  },
];

const API_WIRE: readonly WireRow[] = [
  {
    id: 'token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: DAY_MS }, TEST],
    ...METHODS,
    answer: says('token_expired'),
  },
  {
    id: 'token-revoked',
    at: 'resource',
    causes: [
      'revoked-by-user',
      'revoked-by-admin',
      'revoked-by-client',
      'session-ended',
      'superseded',
      'crowded-out',
      'reused',
      'evicted',
      'password-changed',
      'consent-withdrawn',
    ],
    produce: [{ act: 'revoke' }, TEST],
    ...METHODS,
    answer: says('token_revoked'),
  },
  {
    id: 'account-inactive',
    at: 'resource',
    causes: ['offboarded', 'account-deleted'],
    produce: [{ act: 'delete-account' }, TEST],
    ...METHODS,
    answer: says('account_inactive'),
  },
  {
    id: 'invalid-auth',
    at: 'resource',
    causes: ['unknown-token', 'ip-restricted'],
    produce: [{ act: 'restrict-ip' }, TEST],
    ...METHODS,
    answer: says('invalid_auth'),
  },
  {
    id: 'not-authed',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...TEST, as: 'nobody' }],
    ...METHODS,
    answer: says('not_authed'),
  },
  {
    id: 'access-limited',
    at: 'resource',
    causes: ['service-restricted', 'session-policy'],
    produce: [{ act: 'restrict-session' }, TEST],
    ...METHODS,
    answer: says('accesslimited'),
  },
  {
    id: 'access-denied',
    at: 'resource',
    causes: ['denied-by-policy'],
    produce: [{ act: 'deny-by-policy' }, TEST],
    ...METHODS,
    answer: says('access_denied'),
  },
  {
    id: 'no-permission',
    at: 'resource',
    causes: ['api-disabled', 'org-without-api'],
    produce: [{ act: 'disable-api' }, TEST],
    further: [[{ act: 'disable-api-for-org' }, TEST]],
    ...METHODS,
    answer: ({ cause }) => failed(cause === 'api-disabled' ? 'no_permission' : 'team_access_not_granted'),
  },
  {
    id: 'missing-scope',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/api/users.list' }],
    ...METHODS,
    answer: ({ needsOneOf, token }) =>
      failed('missing_scope', {
        needed: needsOneOf.join(','),
        provided: (token?.scopes ?? []).join(','),
      }),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `/api/conversations.info?channel=${channelIdOf('acme', 'general')}`, as: 'second' }],
    further: [[{ call: '/api/chat.update?channel=general&ts=1', method: 'POST' }]],
    ...METHODS,
    answer: ({ code }) => failed(code ?? 'channel_not_found'),
  },
  {
    id: 'bad-arguments',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: '/api/chat.postMessage?channel=general', method: 'POST' }],
    further: [
      [{ call: '/api/chat.postMessage?channel=leadership&text=hello', method: 'POST' }],
      [{ call: '/api/conversations.list?cursor=elsewhere' }],
    ],
    ...METHODS,
    answer: ({ code }) => failed(code ?? 'invalid_arguments'),
  },
  {
    id: 'uninstall-bad-client',
    at: 'resource',
    causes: CLIENT_REFUSED,
    produce: [{ call: '/api/apps.uninstall', method: 'POST', headers: FORM, body: 'client_id=nobody' }],
    ...METHODS,
    answer: clientError,
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_A_MINUTE + 1 }, () => TEST),
    source: 'docs.slack.dev/apis/web-api/rate-limits',
    sureness: 'documented',
    answer: (refused) => json(429, { ok: false, error: 'ratelimited' }, retryAfter(refused)),
  },
];

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [...TOKEN_WIRE, ...API_WIRE];
