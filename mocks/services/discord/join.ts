// Adding a user to a guild: a bot's call, with the user's access token in the body, where its death has a code of its own.

import { empty, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { userIdOf } from './ids.ts';

const SCOPE = 'guilds.join';

/** The route. Whose bot it is does not matter to the mock, which gives out no bot tokens. */
export const JOIN: Route = {
  id: 'guilds.join',
  method: 'PUT',
  path: '/guilds/{guild}/members/{user}',
  auth: 'none',
  needsOneOf: [SCOPE],
  effect: 'write',
  handle: join,
};

function join({ request, params, tokens, data, heldElsewhere, nowMs }: Call): Handled {
  if (!/^bot\s+\S+$/i.test(request.headers.authorization ?? '')) return { refused: 'no-token' };
  const { guild = '', user = '' } = params;
  if (!heldElsewhere('guilds', guild)) return { refused: 'not-found' };
  const value = parseJsonObject(request.body)?.access_token;
  if (typeof value !== 'string') {
    return { refused: 'bad-request', code: 'access_token', detail: 'This field is required' };
  }
  const view = tokens.find(value);
  if (view === null || view.kind !== 'access') return { refused: 'unknown-token' };
  if (view.refusal !== null) return { refused: view.refusal };
  if (userIdOf(view.account.id) !== user) return { refused: 'wrong-client' };
  if (!view.scopes.includes(SCOPE)) return { refused: 'scope-missing' };
  const { account } = view;
  const members = data('members');
  const key = `${guild} ${user}`;
  if (members.get(key) !== null) return { answer: empty(204), account };
  const member = {
    user: { id: user, username: account.id },
    roles: [],
    joined_at: new Date(nowMs).toISOString(),
  };
  members.put(key, member);
  return {
    answer: json(201, member),
    account,
    writes: [{ place: `guilds/${guild}/members`, cells: { user } }],
  };
}
