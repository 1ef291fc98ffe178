// Who speaks by a token: its first letters say whether it is the bot's of the app or a person's.

import type { Call } from '../../service.ts';
import { readToken } from './presented.ts';
import { isPersons } from './tokens.ts';
import { botIdOf, botUserIdOf, installerIdOf } from './workspace.ts';

/** Who speaks in a call, in the words of `auth.test`. */
export function speakerOf({ request, account: { tenant } }: Call) {
  return isPersons(readToken(request) ?? '')
    ? { user: 'installer', user_id: installerIdOf(tenant) }
    : { user: 'integration', user_id: botUserIdOf(tenant), bot_id: botIdOf(tenant) };
}
