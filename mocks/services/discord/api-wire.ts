// Discord's words where a call meets the API. What ends a token is never told, save where a bot presents it for a user.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { Refused, WireRow } from '../../service.ts';
import { apiError } from './answers.ts';
import { guildIdOf, userIdOf } from './ids.ts';
import { CALLS_PER_WINDOW, limited } from './limits.ts';

const DAY_MS = 86_400_000;
const ME = '/api/v10/users/@me';
const CODES = 'docs.discord.com/developers/topics/opcodes-and-status-codes';
const JOIN_ROUTES = ['guilds.join', 'guilds.join.unversioned'];

// The account of the recipes is always this one, and the guild always the first of its tenant.
const JOIN = `/api/v10/guilds/${guildIdOf('acme', 1)}/members/${userIdOf('acme-discord')}`;
const asBot = (accessToken: string) =>
  ({
    call: JOIN,
    method: 'PUT',
    as: 'nobody',
    headers: { authorization: 'Bot a-bot-token' },
    body: { access_token: accessToken },
  }) as const;

const formError = ({ code, detail }: Refused) =>
  apiError(400, 50035, 'Invalid Form Body', {
    errors: { [code ?? '_json']: { _errors: [{ code: 'BASE_TYPE_BAD', message: detail ?? 'Invalid.' }] } },
  });

/** What the API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'unauthorized',
    at: 'resource',
    causes: ['no-token', 'unknown-token', 'expired', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: 7 * DAY_MS }, { call: ME }],
    source: 'bodies quoted in public issue threads: the same for every cause',
    sureness: 'observed',
    answer: () => apiError(401, 0, '401: Unauthorized'),
  },
  {
    id: 'user-token-invalid',
    at: 'resource',
    routes: JOIN_ROUTES,
    causes: ['unknown-token', 'expired', 'wrong-client', ...ACCESS_TOKEN_ENDED],
    produce: [asBot('never-minted')],
    source: `${CODES}; the cases: discord/discord-api-docs#620 and #5951; the status: reports of 403s`,
    sureness: 'observed',
    answer: () => apiError(403, 50025, 'Invalid OAuth2 access token provided'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: `${ME}/connections` }],
    source: `${CODES}; the status is not confirmed, and some routes say 401 instead`,
    sureness: 'assumed',
    answer: () => apiError(403, 50026, 'Missing required OAuth2 scope'),
  },
  {
    id: 'missing-permissions',
    at: 'resource',
    causes: ['denied-by-policy'],
    produce: [{ act: 'deny-by-policy' }, { call: ME }],
    source: CODES,
    sureness: 'documented',
    answer: () => apiError(403, 50013, 'You lack permissions to perform that action'),
  },
  {
    id: 'missing-access',
    at: 'resource',
    causes: CALL_BARRED.filter((cause) => cause !== 'denied-by-policy'),
    produce: [{ act: 'restrict-service' }, { call: ME }],
    source: CODES,
    sureness: 'documented',
    answer: () => apiError(403, 50001, 'Missing access'),
  },
  {
    id: 'unknown-guild',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `${ME}/guilds/${guildIdOf('globex', 1)}/member` }],
    source: CODES,
    sureness: 'documented',
    answer: () => apiError(404, 10004, 'Unknown guild'),
  },
  {
    id: 'invalid-form-body',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${ME}/guilds?limit=1000` }],
    source: `${CODES}, and docs.discord.com/developers/reference: error messages; the inner code is a guess`,
    sureness: 'documented',
    answer: formError,
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: CALLS_PER_WINDOW + 1 }, () => ({ call: ME })),
    source: 'docs.discord.com/developers/topics/rate-limits',
    sureness: 'documented',
    answer: limited,
  },
];
