// Whether what a fault or a gate is for exists here: a slip in a name must not make a rule that never meets anything.

import { nearest } from '../config/nearest.ts';
import type { ExchangeMatch } from '../world/match.ts';
import { wrong } from './answers.ts';
import type { Stand } from './stand.ts';

const ENDPOINTS = ['token', 'revoke', 'authorize'];

/** A match as it comes out of a body. */
type Said = { readonly [Key in keyof ExchangeMatch]?: ExchangeMatch[Key] | undefined };

/**
 * The match without what was left unsaid.
 * @throws Mistake for a service, account or route that is not here
 */
export async function knownMatch(stand: Stand, said: Said = {}): Promise<ExchangeMatch> {
  const { service, account, route } = said;
  const ids = [...new Set(stand.offers.map(({ id }) => id))];
  mustKnow('service', service, ids);
  const { accounts } = await stand.world();
  const accountIds = accounts.map(({ id }) => id);
  mustKnow('account', account, accountIds);
  if (route !== undefined) {
    const meant = stand.offers.filter(({ id }) => service === undefined || id === service);
    const services = await Promise.all(meant.map(stand.open));
    mustKnow('route', route, [...ENDPOINTS, ...services.flatMap(({ routes }) => routes.map(({ id }) => id))]);
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function mustKnow(field: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  throw wrong(
    `match.${field}`,
    `match.${field}: there is no ${field} "${name}" here: ${nearest(name, known)}`,
  );
}

/** The id that was given, or the first free `kind-1`, `kind-2`, ... */
export function newId(kind: string, given: string | undefined, taken: readonly string[]): string {
  if (given !== undefined) {
    if (taken.includes(given)) throw wrong('id', `id: there is a ${kind} "${given}" already: choose another`);
    return given;
  }
  let nth = 1;
  while (taken.includes(`${kind}-${nth}`)) nth++;
  return `${kind}-${nth}`;
}
