// The services by their ids, each loaded by itself: who serves one of them need not wait for all the others.

import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import type { Service } from '../../mocks/index.ts';

const FOLDER = new URL('../../mocks/services/', import.meta.url);
/** `index.ts` among the sources, `index.js` where they are built. */
const INDEX = `index${extname(import.meta.filename)}`;

/** The ids of all services, in the order of the alphabet: a service's folder bears its id. */
export function serviceIds(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(new URL(`${name}/${INDEX}`, FOLDER)))
    .sort();
}

/** Loads one service and what it is made of. */
export async function loadService(id: string): Promise<Service> {
  const module: { readonly default: Service } = await import(new URL(`${id}/${INDEX}`, FOLDER).href);
  return module.default;
}
