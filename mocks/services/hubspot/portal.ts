// A tenant's portal: the numbers by which HubSpot knows it, its user, its app and its objects.

import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';
import type { Collection } from '../../store.ts';

/** The portal's id (`hub_id`), the same in every run. */
export const hubIdOf = once((tenant: string): number => numberOf('hub', tenant));

/** The id of the user who installed the app. */
export const userIdOf = once((tenant: string): number => numberOf('user', tenant));

/** The public app's id, which HubSpot shows beside the client id. */
export const appIdOf = (clientId: string): number => numberOf('app', clientId);

/** The id of a tenant's nth object of a kind; the ids of two portals are apart. */
export const objectIdOf = (tenant: string, n: number): string => String(hubIdOf(tenant) * 1000 + n);

/** An id that no object of the collection has yet. */
export function freshObjectId(tenant: string, objects: Collection): string {
  for (;;) {
    const id = objectIdOf(tenant, objects.nextNumber());
    if (objects.get(id) === null) return id;
  }
}

const numberOf = (what: string, name: string) =>
  10_000_000 + Math.floor(seededRandomness(name).uniform(what) * 90_000_000);
