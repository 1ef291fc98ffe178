// One request over a network that loses some.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../../mocks/index.ts';
import { Lost, Refused } from './habits.ts';

/** What is sent. */
export type Sending = Pick<RequestInit, 'method' | 'headers' | 'body'>;

/** The waits before further attempts. */
const WAITS_MS = [1000, 5000];

/**
 * Sends a request; again, where that does no harm, when the connection broke or the server asked to wait.
 * @param how `once` for what must not be done twice: its loss is then told by `Lost`
 */
export async function send(url: string, sending: Sending, how: 'once' | 'again'): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const waitMs = WAITS_MS[attempt];
    const response = await fetch(url, { ...sending, redirect: 'manual' }).catch((error: Error) => error);
    const passes = response instanceof Error || response.status >= 500 || isLimit(response);
    if (!passes) return response;
    const why = response instanceof Error ? response.message : `answered ${response.status}`;
    if (response instanceof Error && how === 'once') throw new Lost(why);
    if (waitMs === undefined) throw new Refused(`${new URL(url).pathname}: ${why}`);
    const asked = response instanceof Error ? null : response.headers.get('retry-after');
    await sleep(asked === null ? waitMs : Number(asked) * 1000);
  }
}

// Some say 429, some 403; who says when to come back does not mean never.
const isLimit = ({ status, headers }: Response) =>
  status === 429 || (status === 403 && headers.has('retry-after'));

/** The JSON of an answer; throws `Refused` where there is none. */
export async function jsonOf(response: Response, { id }: Account): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(`${id} answered ${response.status} without JSON`);
  }
}
