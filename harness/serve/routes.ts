// The routes of the control API, and which of them a request is for.

import type { Answer, Request } from '../../mocks/index.ts';
import { accountRoutes } from './account-routes.ts';
import { Mistake, PREFIX, said, saidMistake } from './answers.ts';
import { clockRoutes } from './clock-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { gateRoutes } from './gate-routes.ts';
import { ledgerSince } from './ledger-since.ts';
import type { Stand } from './stand.ts';
import { stateOf } from './state.ts';

/** What a route is told. */
export interface Asked {
  readonly stand: Stand;
  readonly request: Request;
  /** The `{id}` of the path. */
  readonly id: string;
}

/** One route. It throws a Mistake, with nothing changed, for what cannot be done. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** After the prefix; `{id}` is one segment. */
  readonly path: string;
  handle(asked: Asked): Promise<Answer> | Answer;
}

const ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: '/state', handle: async ({ stand }) => said(200, await stateOf(stand)) },
  { method: 'GET', path: '/ledger', handle: ledgerSince },
  ...clockRoutes,
  ...accountRoutes,
  ...faultRoutes,
  ...gateRoutes,
  {
    method: 'POST',
    path: '/reset',
    handle: async ({ stand, request }) => {
      const { readBody } = await import('./bodies.ts');
      readBody('reset', request.body);
      await stand.reset();
      return said(200, await stateOf(stand));
    },
  },
];

/** Every route as people write it. */
export const ROUTE_LINES: readonly string[] = ROUTES.map(({ method, path }) => `${method} ${PREFIX}${path}`);

/** Answers a request to the control API; mistakes are answers, too. */
export async function answer(stand: Stand, request: Request): Promise<Answer> {
  try {
    const { route, id } = routeFor(request);
    stand.clock.catchUp();
    const given = await route.handle({ stand, request, id });
    // What the route has set going for this very moment belongs to what it did.
    stand.clock.catchUp();
    return given;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return saidMistake(error, error.status === 404 && error.field === null ? { routes: ROUTE_LINES } : {});
  }
}

function routeFor({ method, path }: Request): { route: ControlRoute; id: string } {
  const there = ROUTES.flatMap((route) => {
    const found = idIn(route.path, path);
    return found === null ? [] : [{ route, id: found }];
  });
  if (there.length === 0) throw new Mistake(404, null, `nothing is at ${path}`);
  const meant = there.find(({ route }) => route.method === method);
  if (meant !== undefined) return meant;
  const methods = there.map(({ route }) => route.method).join(' or ');
  throw new Mistake(405, null, `${method} means nothing at ${path}: it takes ${methods}`);
}

/** What stands for `{id}` in a path, empty where the route has none; null where the path is another's. */
function idIn(template: string, path: string): string | null {
  const pattern = `${PREFIX}${template}`.replace('{id}', '(?<id>[^/]+)');
  const match = new RegExp(`^${pattern}/?$`).exec(path);
  return match === null ? null : (match.groups?.id ?? '');
}
