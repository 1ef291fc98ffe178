// POST, GET and DELETE /faults: what goes wrong on the wire from now on.

import { nearest } from '../config/nearest.ts';
import { type ConnectionDeed, type Fault, isOfConnection } from '../world/faults.ts';
import type { ExchangeMatch } from '../world/match.ts';
import { preset } from '../world/presets.ts';
import { Mistake, said, wrong } from './answers.ts';
import { knownMatch, newId } from './matches.ts';
import type { ControlRoute } from './routes.ts';
import type { Stand } from './stand.ts';

export const faultRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/faults',
    handle: async ({ stand, request }) => {
      const fault = await faultOf(stand, request.body);
      const world = await stand.world();
      world.take({ fault });
      return said(201, fault);
    },
  },
  { method: 'GET', path: '/faults', handle: async ({ stand }) => said(200, await faultsOf(stand)) },
  {
    method: 'DELETE',
    path: '/faults',
    handle: async ({ stand }) => {
      const { faults } = await stand.world();
      const removed = faults.list().map(({ fault }) => fault.id);
      for (const id of removed) faults.remove(id);
      return said(200, { removed });
    },
  },
  {
    method: 'DELETE',
    path: '/faults/{id}',
    handle: async ({ stand, id }) => {
      const { faults } = await stand.world();
      if (faults.remove(id)) return said(200, { removed: [id] });
      const ids = faults.list().map(({ fault }) => fault.id);
      throw new Mistake(404, 'id', `there is no fault "${id}": ${nearest(id, ids)}`);
    },
  },
];

/** The faults in force, each with how often it has struck. */
export async function faultsOf(stand: Stand) {
  const { faults } = await stand.world();
  return faults.list().map(({ fault, applied }) => ({ ...fault, applied }));
}

/** Of a connection, which only a proxy sees come, neither route nor account is known. */
function mustMeetConnections({ intercepts }: Stand, deed: ConnectionDeed, match: ExchangeMatch): void {
  if (!intercepts)
    throw wrong(
      'do',
      `do: ${deed.do} meets the names and certificates of real hosts: serve with --proxy for programs that call those`,
    );
  const unknown = (['route', 'account'] as const).find((field) => match[field] !== undefined);
  if (unknown !== undefined)
    throw wrong(
      `match.${unknown}`,
      `match.${unknown}: is not known of a connection, which do: ${deed.do} is for: leave it out`,
    );
}

async function faultOf(stand: Stand, body: string): Promise<Fault> {
  const { readFault } = await import('./bodies.ts');
  const { id: given, match: meant, spent, deed } = readFault(body);
  const match = await knownMatch(stand, meant);
  if ('do' in deed && isOfConnection(deed)) mustMeetConnections(stand, deed, match);
  const { faults } = await stand.world();
  const taken = faults.list().map(({ fault }) => fault.id);
  const id = newId('fault', given, taken);
  if ('preset' in deed) return { ...preset(deed.preset, match, spent), id };
  return { id, match, ...spent, ...deed };
}
