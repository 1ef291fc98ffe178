// Who the token is, who else is there, and the two ways in which an app ends its own authorization.

import type { JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';
import { ok } from './answers.ts';
import { type Method, pageOf, text } from './methods.ts';
import { readToken } from './presented.ts';
import { speakerOf } from './speaker.ts';
import { teamIdOf } from './workspace.ts';

const LIST_LIMIT = 200;

/** The methods of tokens and users. */
export const IDENTITY_METHODS: readonly Method[] = [
  { name: 'auth.test', needsOneOf: [], effect: 'read', run: (_args, call) => test(call) },
  { name: 'users.list', needsOneOf: ['users:read'], effect: 'read', run: users },
  { name: 'auth.revoke', needsOneOf: [], effect: 'write', run: revoke },
  { name: 'apps.uninstall', needsOneOf: [], effect: 'write', run: (_args, call) => uninstall(call) },
];

function test(call: Call): Handled {
  const { tenant } = call.account;
  const expiresAtMs = call.tokens.find(readToken(call.request) ?? '')?.expiresAtMs ?? null;
  return {
    answer: ok({
      url: `https://${tenant}.slack.com/`,
      team: tenant,
      team_id: teamIdOf(tenant),
      ...speakerOf(call),
      is_enterprise_install: false,
      ...(expiresAtMs === null ? {} : { expires_in: Math.round((expiresAtMs - call.nowMs) / 1000) }),
    }),
  };
}

function users(args: JsonObject, { data }: Call): Handled {
  const page = pageOf(data('users').list(), args, LIST_LIMIT);
  if (page === null) return { refused: 'bad-request', code: 'invalid_cursor' };
  const { items, nextCursor } = page;
  return { answer: ok({ members: items, response_metadata: { next_cursor: nextCursor } }) };
}

function revoke(args: JsonObject, { request, tokens }: Call): Handled {
  const isTest = text(args, 'test') === '1' || text(args, 'test') === 'true';
  const revoked = !isTest && tokens.revoke(readToken(request) ?? '');
  return { answer: ok({ revoked }) };
}

function uninstall({ request, tokens }: Call): Handled {
  const refused = tokens.refusalOfClient({ ...request, headers: withoutBearer(request.headers) });
  if (refused !== null) return { refused };
  tokens.revokeGrant(readToken(request) ?? '');
  return { answer: ok({}) };
}

// The client shows itself in the fields here; the header holds the token.
function withoutBearer({ authorization: _authorization, ...headers }: Readonly<Record<string, string>>) {
  return headers;
}
