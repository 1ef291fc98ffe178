// Calls on behalf of one account: one refresh for a refused token, patience for what passes, and an end for what does not.

import { authorizationFor } from '../authorization.ts';
import { type Connection, keep } from './connection.ts';
import { exchangeTokens } from './exchange.ts';
import { type Habits, Refused } from './habits.ts';
import { jsonOf, type Sending, send } from './sending.ts';
import { askForReauthorization } from './signal.ts';
import type { World } from './world.ts';

/** Sends one call and returns the body of its answer; throws `Refused` when there is none to be had. */
export type Client = (method: 'GET' | 'POST', path: string, body?: object, once?: 'once') => Promise<unknown>;

/** Calls on behalf of one account. */
export function client(connection: Connection, world: World, habits: Habits): Client {
  const { account, access: atStart } = connection;
  const tell = (line: string) => {
    if (habits.admits()) console.error(`${account.id}: ${line}`);
  };
  const die = (reason: string) => {
    habits.bury(connection, reason);
    tell(`refused for good: ${reason}`);
    return new Refused(reason);
  };
  const ask = async () => {
    if (!connection.asked && habits.admits()) await askForReauthorization(world, account);
    connection.asked = true;
    keep(connection, world);
  };
  const exchange = async () => {
    if (account.refreshToken === null) {
      const refused = die('its key was refused');
      await ask();
      throw refused;
    }
    const exchanged = await exchangeTokens(connection, habits.readsBodies());
    const { answer, over, wrongClient } = exchanged;
    if (answer !== null) {
      habits.onTokens(answer);
      connection.access = answer.access_token;
      connection.refresh = habits.keepRefreshToken(answer, connection.refresh);
      connection.expiresAtMs = habits.endOf(answer.expires_in);
      keep(connection, world);
      return;
    }
    const refused =
      over || wrongClient !== null ? die(over ?? `the client was refused: ${wrongClient}`) : null;
    if (habits.needsConsent(exchanged)) await ask();
    throw refused ?? new Refused(`${account.id} could not be refreshed`);
  };
  return async (method, path, body, once) => {
    if (connection.dead !== null) throw new Refused(connection.dead);
    if (habits.isStale(connection, Date.now())) await habits.refresh(connection, exchange);
    let sent = '';
    const call = async () => {
      sent = habits.present(connection, atStart);
      const headers = { ...authorizationFor(account, sent), 'content-type': 'application/json' };
      const sending: Sending = { method, headers };
      const whole = body === undefined ? sending : { ...sending, body: JSON.stringify(body) };
      return send(`${account.apiUrl}${path}`, whole, once ?? 'again');
    };
    const first = await call();
    let response = isDoor(first)
      ? await habits.heal({
          call: `${method} ${path}`,
          connection,
          tell: () => tell(`${method} refused with ${first.status}`),
          refresh: async () => {
            if (connection.access === sent) await habits.refresh(connection, exchange);
          },
          send: call,
        })
      : first;
    for (let tries = 0; first !== response && isDoor(response); response = await call())
      if (!(await habits.givesTime(tries++))) break;
    // A fresh token that is refused in the same way, again and again, says that it is not the token.
    if (first !== response && isDoor(response)) throw die('a fresh token was refused like the one before');
    if (!response.ok) throw new Refused(`${path.split('?')[0]} answered ${response.status}`);
    const answer = await jsonOf(response, account);
    if (response === first) habits.remember(`${method} ${path}`, JSON.stringify(answer));
    return answer;
  };
}

// What comes when nobody is signed in: a 401, or a page to sign in.
const isDoor = ({ status, headers }: Response) =>
  status === 401 || (status < 400 && !(headers.get('content-type') ?? '').includes('json'));
