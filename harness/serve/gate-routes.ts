// POST and GET /gates, POST /gates/{id}/release: requests that wait for each other, and in which order they go on.

import { nearest } from '../config/nearest.ts';
import { parseDuration } from '../duration.ts';
import type { Gate } from '../world/gates.ts';
import { Mistake, said, wrong } from './answers.ts';
import { knownMatch, newId } from './matches.ts';
import type { ControlRoute } from './routes.ts';
import type { Stand } from './stand.ts';

export const gateRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/gates',
    handle: async ({ stand, request }) => {
      const gate = await gateOf(stand, request.body);
      const world = await stand.world();
      world.take({ gate });
      return said(201, gate);
    },
  },
  { method: 'GET', path: '/gates', handle: async ({ stand }) => said(200, await gatesOf(stand)) },
  {
    method: 'POST',
    path: '/gates/{id}/release',
    handle: async ({ stand, request, id }) => {
      const { orderProblem, readBody } = await import('./bodies.ts');
      const { order } = readBody('release', request.body);
      const { gates } = await stand.world();
      const standing = gates.standing();
      const meant = standing.find(({ gate }) => gate.id === id);
      if (meant === undefined) {
        const ids = standing.map(({ gate }) => gate.id);
        throw new Mistake(404, 'id', `no gate "${id}" stands: ${nearest(id, ids)}`);
      }
      // Where nobody is held, there is nobody to be out of order.
      const problem = order === undefined ? null : orderProblem(order, meant.holds.length || null);
      if (problem !== null) throw wrong('order', `order: ${problem}`);
      gates.release(id, order);
      return said(200, { released: meant.holds });
    },
  },
];

/** The gates that stand, with the exchanges that each holds. */
export async function gatesOf(stand: Stand) {
  const { gates } = await stand.world();
  return gates.standing().map(({ gate, holds }) => ({ ...gate, holds }));
}

async function gateOf(stand: Stand, body: string): Promise<Gate> {
  const { readBody } = await import('./bodies.ts');
  const wish = readBody('gate', body);
  const { id: given, match: meant, phase, arrive = null, release = 'all', giveUp } = wish;
  const giveUpMs = giveUp === undefined ? wish.giveUpMs : parseDuration(giveUp);
  const match = await knownMatch(stand, meant);
  const { gates } = await stand.world();
  const taken = gates.standing().map(({ gate }) => gate.id);
  const id = newId('gate', given, taken);
  return { id, match, phase, arrive, release, ...(giveUpMs === undefined ? {} : { giveUpMs }) };
}
