// Calls on behalf of one account, and the exchange of its refresh token.

import type { Account } from '../../../mocks/index.ts';
import { type Connection, type Habits, Refused, type TokenAnswer } from './habits.ts';
import type { World } from './world.ts';

/** Sends one call and returns the body of its answer; throws `Refused` when there is none to be had. */
export type Client = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;

/** An account with the tokens of its first grant. */
export function connect(account: Account): Connection {
  const { accessToken: access, refreshToken, expiresAt } = account;
  const expiresAtMs = expiresAt === null ? null : Date.parse(expiresAt);
  return {
    account,
    access,
    refresh: refreshToken ?? '',
    expiresAtMs,
    dead: null,
    asked: false,
    refreshing: null,
  };
}

/** Calls on behalf of one account. */
export function client(connection: Connection, world: World, habits: Habits): Client {
  const { account } = connection;
  const tell = (line: string) => {
    if (habits.admits()) console.error(`${account.id}: ${line}`);
  };
  const die = async (reason: string) => {
    habits.bury(connection, reason);
    tell(`refused for good: ${reason}`);
    if (!connection.asked && habits.admits()) await askForReauthorization(world, account);
    connection.asked = true;
    return new Refused(reason);
  };
  const exchange = async () => {
    const response = await exchangeTokens(connection);
    const answer = (await response.json()) as TokenAnswer & { error?: string };
    if (response.status !== 200) throw await die(answer.error ?? `refused with ${response.status}`);
    habits.onTokens(answer);
    connection.access = answer.access_token;
    connection.refresh = habits.keepRefreshToken(answer, connection.refresh);
    connection.expiresAtMs = answer.expires_in === undefined ? null : Date.now() + answer.expires_in * 1000;
  };
  return async (method, path, body) => {
    if (connection.dead !== null) throw new Refused(connection.dead);
    if (habits.isStale(connection, Date.now())) await habits.refresh(connection, exchange);
    let sent = '';
    const send = () => {
      sent = connection.access;
      return sendCall(connection, method, path, body);
    };
    const first = await send();
    const response =
      first.status !== 401
        ? first
        : await habits.heal({
            connection,
            tell: () => tell(`${method} refused with 401`),
            refresh: async () => {
              if (connection.access === sent) await habits.refresh(connection, exchange);
            },
            send,
          });
    if (!response.ok) throw new Refused(`${path.split('?')[0]} answered ${response.status}`);
    return response.json();
  };
}

function sendCall(
  { account, access }: Connection,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  const authorization = account.authorization.replace('{token}', access);
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(`${account.apiUrl}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
}

function exchangeTokens({ account, refresh }: Connection): Promise<Response> {
  const { clientId: client_id, clientSecret, tokenUrl } = account;
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: refresh,
    client_id,
    client_secret: clientSecret ?? '',
  };
  return fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(fields) });
}

async function askForReauthorization(world: World, { id, service, reauthUrl }: Account): Promise<void> {
  const at = new Date().toISOString();
  const event = {
    type: 'reauth_required',
    account: id,
    service,
    reason: 'unknown',
    at,
    reauth_url: reauthUrl,
  };
  const headers = { 'content-type': 'application/json' };
  await fetch(world.eventsUrl, { method: 'POST', headers, body: JSON.stringify(event) });
}
