// The calls of the tabs: those to the page's own server pass, those to services of the world end in it, by their own URLs
// or by the real hosts, and no other host is reached at all.

import type { BrowserContext, Page, Request as PageRequest, Route } from 'playwright-core';
import { encodeBody, parseQuery } from '../../../mocks/http.ts';
import type { Request } from '../../../mocks/index.ts';
import { behindWorld } from '../../intercept/behind.ts';
import type { World } from '../../world/world.ts';

/** The calls that are under way. */
export interface PageRequests {
  /** How many answers the world still owes a tab. */
  owed(tab: Page): number;
}

interface Options {
  readonly context: BrowserContext;
  readonly world: World;
  /** Where the page itself comes from. */
  readonly origin: string;
  readonly party: string;
  /** Does something to the tabs, with the world's time standing. */
  stir(deed: () => Promise<unknown>): void;
}

/** Takes over what the tabs ask for. */
export async function takeRequests({ context, world, origin, party, stir }: Options): Promise<PageRequests> {
  const open = new Map<PageRequest, { readonly tab: Page; gone: () => void }>();
  const origins = new Set([...world.providers.values()].map((provider) => provider.origin));
  const behind = behindWorld(world, () => {});

  const answer = (request: PageRequest, deed: () => Promise<void>) =>
    stir(async () => {
      if (!open.delete(request)) return;
      await deed();
    });

  const pass = async (route: Route, request: PageRequest, url: URL) => {
    const tab = request.frame().page();
    open.set(request, { tab, gone: () => {} });
    if (!(await behind.claims(url.host))) {
      const go = () => answer(request, () => route.abort('addressunreachable'));
      behind.unclaimed({ host: url.hostname, chained: false, socket: null, party, go });
      return;
    }
    behind.receive(plain(request, url, origins), {
      ...{ socket: null, party, order: String(context.pages().indexOf(tab)) },
      send: (given) =>
        answer(request, () =>
          route.fulfill({ status: given.status, headers: { ...given.headers }, body: encodeBody(given) }),
        ),
      cut: (how) =>
        answer(request, () => route.abort(how === 'reset' ? 'connectionreset' : 'connectionclosed')),
      onGone: (gone) => {
        const waiting = open.get(request);
        if (waiting === undefined) gone();
        else waiting.gone = gone;
      },
    });
  };

  await context.route('**/*', (route, request) => {
    const url = new URL(request.url());
    return url.origin === origin ? route.continue() : pass(route, request, url);
  });
  // The page itself can give a call up.
  context.on('requestfailed', (request) => {
    const waiting = open.get(request);
    open.delete(request);
    waiting?.gone();
  });
  return { owed: (tab) => [...open.values()].filter((each) => each.tab === tab).length };
}

function plain(request: PageRequest, url: URL, origins: ReadonlySet<string>): Request {
  return {
    method: request.method(),
    host: url.host,
    path: url.pathname,
    query: parseQuery(url.search),
    headers: { ...request.headers(), host: url.host },
    body: request.postData() ?? '',
    ...(origins.has(url.origin) ? {} : { origin: url.origin }),
  };
}
