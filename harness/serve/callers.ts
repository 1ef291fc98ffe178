// Who may give orders: programs of this machine, and no page that happens to be open in a browser on it.

import { isIPv4 } from 'node:net';
import type { Request } from '../../mocks/index.ts';
import { Mistake } from './answers.ts';

/** Whether an address or name is of this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/**
 * Turns pages away. One on another origin can send requests here, and one whose name was made to point here can read
 * the answers, too; but neither can hide where it is from.
 * @throws Mistake for a request that may not come in
 */
export function mustBeLocal({ host, headers }: Request, listensOn: string): void {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (isLoopback(listensOn) && !isLoopback(name)) {
    throw new Mistake(403, null, `this answers to the names of this machine alone, not to "${name}"`);
  }
  const { origin } = headers;
  if (origin === undefined || origin === `http://${host}`) return;
  throw new Mistake(403, null, `pages of ${origin} may not give orders here`);
}
