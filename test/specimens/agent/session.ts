// An account whose tokens are renewed by a timer, long before they end; its calls come one after the other.

import { type Connection, keep } from './connection.ts';
import { exchangeTokens } from './exchange.ts';
import { Refused } from './habits.ts';
import { endOf } from './lifetime.ts';
import { jsonOf, send } from './sending.ts';
import type { World } from './world.ts';

const RENEW_AFTER = 0.8;
/** Where a service states no lifetime, its session is renewed as often as this. */
const RENEW_UNSTATED_MS = 50 * 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One account of the agent. */
export interface Session {
  readonly id: string;
  /** What stands in the way of its calls, as far as is known; null while nothing does. */
  trouble(): string | null;
  /** Whether its owner must consent anew. */
  isOver(): boolean;
  /** Makes a call; throws `Refused` when it came to nothing. `once` = it must not be done twice. */
  call(method: 'GET' | 'POST', path: string, body?: object, once?: 'once'): Promise<unknown>;
  stop(): void;
}

/** Opens an account. */
export function openSession(connection: Connection, world: World): Session {
  const { account } = connection;
  let timer: NodeJS.Timeout | undefined;
  let renewal: Promise<void> | null = null;
  let trouble: string | null = null;

  const schedule = () => {
    clearTimeout(timer);
    const { expiresAtMs } = connection;
    const inMs = expiresAtMs === null ? RENEW_UNSTATED_MS : (expiresAtMs - Date.now()) * RENEW_AFTER;
    // What fails here fails again where it matters.
    timer = setTimeout(() => void renew().catch(() => {}), Math.min(Math.max(inMs, 0), LONGEST_TIMER_MS));
  };
  const refuse = (why: string) => {
    trouble = `${account.id} ${why}`;
    console.warn(JSON.stringify({ level: 'error', message: trouble }));
    return new Refused(trouble);
  };
  const end = (why: string, asked: boolean) => {
    clearTimeout(timer);
    Object.assign(connection, { dead: why, asked });
    keep(connection, world);
    return refuse(`will not be called again: ${why}`);
  };
  const exchange = async () => {
    // The timer may have heard of the end while a call was on its way.
    if (connection.dead !== null) throw new Refused(connection.dead);
    const { answer, over, wrongClient } = await exchangeTokens(connection);
    if (over !== null || wrongClient !== null) throw end(over ?? String(wrongClient), over !== null);
    if (answer === null) throw refuse('could not be renewed');
    connection.access = answer.access_token;
    connection.refresh = answer.refresh_token ?? connection.refresh;
    connection.expiresAtMs = endOf(answer.expires_in);
    keep(connection, world);
    schedule();
  };
  const renew = () => {
    renewal ??= exchange().finally(() => {
      renewal = null;
    });
    return renewal;
  };
  const isPast = () => connection.expiresAtMs !== null && Date.now() >= connection.expiresAtMs;

  const make: Session['call'] = async (method, path, body, once) => {
    if (connection.dead !== null) throw new Refused(connection.dead);
    if (renewal !== null || isPast()) await renew();
    let sent = '';
    const attempt = () => {
      sent = connection.access;
      const headers = {
        authorization: `Bearer ${sent}`,
        'content-type': 'application/json',
        accept: 'application/json',
      };
      const whole =
        body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      return send(account.apiUrl + path, whole, once ?? 'again');
    };
    let response = await attempt();
    const isDoor = () => response.status === 401 || response.status === 302;
    if (isDoor()) {
      // The timer may have renewed it while the call was on its way.
      if (connection.access === sent) await renew();
      response = await attempt();
      if (isDoor()) throw end(`a new token was refused with ${response.status}`, false);
    }
    if (!response.ok) throw refuse(`answered ${response.status} to ${method} ${path.split('?')[0]}`);
    const answer = await jsonOf(response, account);
    trouble = null;
    return answer;
  };
  // Whatever came of the last call is what stands in the way, or that nothing does.
  const told = async (made: () => Promise<unknown>) => {
    try {
      return await made();
    } catch (error) {
      if (error instanceof Refused) trouble ??= `${account.id}: ${error.message}`;
      throw error;
    }
  };

  if (connection.dead === null) schedule();
  return {
    id: account.id,
    trouble: () => trouble,
    isOver: () => connection.asked,
    stop: () => clearTimeout(timer),
    call: (method, path, body, once) => told(() => make(method, path, body, once)),
  };
}
