// POST /accounts and POST /accounts/{id}/acts: somebody connects, and what then happens to the grant out of band.

import type { Act, ActName } from '../../mocks/index.ts';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../world/world.ts';
import { Mistake, said, wrong } from './answers.ts';
import { inOrder } from './ledger-since.ts';
import type { ControlRoute } from './routes.ts';
import type { Offer, Stand } from './stand.ts';

const TENANT = 'acme';

export const accountRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/accounts',
    handle: async ({ stand, request }) => {
      const { readBody } = await import('./bodies.ts');
      const { service, tenant = TENANT, scopes, variant } = readBody('account', request.body);
      const offer = await offerFor(stand, service, variant);
      await stand.open(offer);
      const world = await stand.world();
      const id = freeId(world, `${tenant}-${offer.name.replace(':', '-')}`);
      const wish = { id, service: offer.name, tenant };
      return said(201, world.connect(scopes === undefined ? wish : { ...wish, scopes }));
    },
  },
  {
    method: 'POST',
    path: '/accounts/{id}/acts',
    handle: async ({ stand, request, id }) => {
      const { readBody } = await import('./bodies.ts');
      const { act: name, scopes } = readBody('act', request.body);
      const world = await stand.world();
      mustBeThere(world, id);
      const before = world.ledger.entries.length;
      world.take({ account: id, ...actOf(name as ActName, scopes) });
      const entries = world.ledger.entries.slice(before).map(inOrder);
      return said(200, { account: id, act: name, entries });
    },
  },
];

/** The offer that is meant by a service and a variant. */
async function offerFor(stand: Stand, id: string, variant: string | undefined): Promise<Offer> {
  const offers = stand.offers.filter((offer) => offer.id === id);
  const offer = offers.find(({ name }) => name === id) ?? offers[0];
  if (offer === undefined) {
    const ids = [...new Set(stand.offers.map((one) => one.id))];
    throw wrong('service', `service: "${id}" is not served: ${nearest(id, ids)}`);
  }
  if (variant === undefined) return offer;
  try {
    return await stand.offerVariant(id, variant);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw wrong('variant', error.message.replace(/^.*?variant: /, 'variant: '));
  }
}

/** The id, or the same with the first number that makes it a new one. */
function freeId({ accounts }: World, id: string): string {
  const taken = new Set(accounts.map((account) => account.id));
  let nth = 1;
  while (taken.has(nth === 1 ? id : `${id}-${nth}`)) nth++;
  return nth === 1 ? id : `${id}-${nth}`;
}

function mustBeThere({ accounts }: World, id: string): void {
  const ids = accounts.map((account) => account.id);
  if (!ids.includes(id)) throw new Mistake(404, 'id', `there is no account "${id}": ${nearest(id, ids)}`);
}

// The schema has seen to it that scopes come with the one act that needs them.
function actOf(name: ActName, scopes: readonly string[] | undefined): Act {
  return name === 'narrow-scope' ? { act: name, scopes: scopes ?? [] } : { act: name };
}
