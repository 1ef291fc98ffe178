// The REST API under any version from 30.0 to 70.0: a program may be as old or as new as it likes.

import { json } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';

const OLDEST = 30;
const NEWEST = 70;
const SEASONS = ['Spring', 'Summer', 'Winter'] as const;
const YEAR_OF_OLDEST = 14;

type Plan = Pick<Route, 'id' | 'method' | 'effect' | 'handle'> & {
  /** The path after the version. */
  readonly path: string;
};

/** A route of the REST API, answered under every version that exists. */
export function versioned({ id, method, path, effect, handle }: Plan): Route {
  return {
    id,
    method,
    path: `/services/data/v{version}.0/${path}`,
    needsOneOf: ['api', 'full'],
    effect,
    handle: (call: Call): Handled => (exists(call.params.version) ? handle(call) : { refused: 'not-found' }),
  };
}

/** The list of versions, which needs no token. */
export const VERSIONS: Route = {
  id: 'versions',
  method: 'GET',
  path: '/services/data',
  auth: 'none',
  needsOneOf: [],
  effect: 'read',
  handle: () => ({ answer: json(200, versions()) }),
};

/** The base path of the version that a call named. */
export const basePath = ({ params }: Call): string => `/services/data/v${params.version}.0`;

function exists(version: string | undefined): boolean {
  const number = /^\d+$/.test(version ?? '') ? Number(version) : 0;
  return number >= OLDEST && number <= NEWEST;
}

function versions() {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => ({
    label: label(index),
    url: `/services/data/v${OLDEST + index}.0`,
    version: `${OLDEST + index}.0`,
  }));
}

// Three releases a year; the winter release bears the name of the next.
function label(index: number): string {
  const season = SEASONS[index % SEASONS.length] ?? SEASONS[0];
  const year = YEAR_OF_OLDEST + Math.floor(index / SEASONS.length) + (season === 'Winter' ? 1 : 0);
  return `${season} '${year}`;
}
