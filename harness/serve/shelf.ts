// The services by their ids, each loaded by itself: who serves one of them need not wait for all the others.

import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import type { Service } from '../../mocks/index.ts';

const FOLDER = new URL('../../mocks/services/', import.meta.url);
/** `index.ts` among the sources, `index.js` where they are built. */
const INDEX = `index${extname(import.meta.filename)}`;

/** Services with a server of their own: they need more than this package, and are served where they are named. */
const SERVED: Readonly<Record<string, () => Promise<{ readonly default: Service }>>> = {
  oidc: () => import('../oidc/service.ts'),
};

/** Their ids. */
export const servedIds: readonly string[] = Object.keys(SERVED);

/** The ids of all other services, in the order of the alphabet: a service's folder bears its id. */
export function serviceIds(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(new URL(`${name}/${INDEX}`, FOLDER)))
    .sort();
}

/** Loads one service and what it is made of. */
export async function loadService(id: string): Promise<Service> {
  const load = SERVED[id] ?? (() => import(new URL(`${id}/${INDEX}`, FOLDER).href));
  const module: { readonly default: Service } = await load();
  return module.default;
}
