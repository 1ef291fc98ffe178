/**
 * The mock services as request handlers of msw, for people's own tests: the real URLs, and no server.
 * @module
 */

import type { Account } from './account.ts';
import type { Act } from './acts.ts';
import { type FetchHandler, fetchHandler, plainRequest } from './fetch.ts';
import { claimantsOf, nameOf } from './hosts.ts';
import type { JsonObject } from './http.ts';
import { createProvider, type Provider } from './provider.ts';
import { seededRandomness } from './randomness.ts';
import type { Service } from './service.ts';

export type { Account } from './account.ts';
export type { Act } from './acts.ts';

/** The part of msw's `http` that is used; it is handed over, so that this module works with whichever msw there is. */
export interface MswHttp<Handler> {
  all(path: string, resolver: (asked: { request: Request }) => Promise<Response | undefined>): Handler;
}

/** What may be said about the services. */
export interface HandlerOptions {
  /** The same seed gives the same tokens; 1 by default. */
  readonly seed?: number;
  /**
   * The moment in epoch ms, asked at every request: `() => Date.now()` follows the clock of the test, also a faked one.
   * By default the services' clock stands at 2026-03-02T22:00:00.000Z until `advance` moves it.
   */
  readonly nowMs?: () => number;
  /** Objects to seed: service, then collection. */
  readonly data?: Readonly<Record<string, Readonly<Record<string, readonly JsonObject[]>>>>;
}

/** An account to be opened. */
export interface AccountWish {
  readonly service: string;
  /** Default: `acme`. */
  readonly tenant?: string;
  /** Default: `<tenant>-<service>`. */
  readonly id?: string;
  /** Default: the service's own. */
  readonly scopes?: readonly string[];
}

/** The handlers, to be spread into `setupServer` or `setupWorker`, and what a test can do to the services behind them. */
export interface Handlers<Handler> extends ReadonlyArray<Handler> {
  /** One of each service from the start, then those that were connected. */
  readonly accounts: readonly Account[];
  /**
   * Opens another account.
   * @throws Error for a service that is not among those given, and for an id that is taken
   */
  connect(wish: AccountWish): Account;
  /**
   * Something happens to a grant out of band: `{ act: 'revoke' }` and the like.
   * @throws Error for an account that is not there
   */
  act(account: string, act: Act): void;
  /** Moves the services' clock on, by so many ms. */
  advance(ms: number): void;
  /** The running services by id, for what is not offered here. */
  readonly providers: ReadonlyMap<string, Provider>;
}

const START_MS = Date.parse('2026-03-02T22:00:00.000Z');

interface Running {
  readonly hosts: readonly string[];
  readonly provider: Provider;
  readonly answer: FetchHandler;
}

/**
 * Handlers for every host of these services. Requests to other hosts are left to the handlers after them.
 * @param http the `http` of msw
 * @param services from `SERVICES` of `hour4/mocks`, or of one's own
 */
export function handlers<Handler>(
  http: MswHttp<Handler>,
  services: readonly Service[],
  options: HandlerOptions = {},
): Handlers<Handler> {
  const { seed = 1, nowMs = () => START_MS, data = {} } = options;
  const randomness = seededRandomness(seed);
  let aheadMs = 0;
  const now = () => nowMs() + aheadMs;
  const running: readonly Running[] = services.map((service) => {
    const own = data[service.id];
    const origin = originOf(service);
    const provider = createProvider(service, {
      origin,
      randomness,
      ...(own === undefined ? {} : { data: own }),
    });
    return { hosts: service.hosts, provider, answer: fetchHandler(provider, { nowMs: now }) };
  });
  const providers = new Map(running.map(({ provider }) => [provider.service.id, provider]));
  const accounts: Account[] = [];

  const connect = ({ service, tenant = TENANT, id = `${tenant}-${service}`, scopes }: AccountWish) => {
    const provider = providers.get(service);
    if (provider === undefined)
      throw new Error(`the service "${service}" is not among those that were given`);
    if (accounts.some((account) => account.id === id)) throw new Error(`there is an account "${id}" already`);
    const wish = { id, tenant, atMs: now(), ...(scopes === undefined ? {} : { scopes }) };
    const { account } = provider.connect(wish);
    accounts.push(account);
    return account;
  };
  for (const { id } of services) connect({ service: id });

  const handler = http.all('*', async ({ request }) => oneFor(request, running)?.answer(request));
  return Object.assign([handler], {
    accounts,
    connect,
    act: (id: string, act: Act) => {
      const account = accounts.find((one) => one.id === id);
      const provider = account === undefined ? undefined : providers.get(account.service);
      if (provider === undefined) throw new Error(`there is no account "${id}"`);
      provider.act(id, act, now());
    },
    advance: (ms: number) => {
      aheadMs += ms;
    },
    providers,
  });
}

const TENANT = 'acme';

const originOf = ({ id, hosts }: Service) => `https://${(hosts[0] ?? `${id}.example`).replace('*', TENANT)}`;

// Where several services share a host, the path tells whose request it is.
function oneFor(request: Request, running: readonly Running[]): Running | undefined {
  const those = claimantsOf(nameOf(new URL(request.url).host), running);
  if (those.length < 2) return those[0];
  const plain = plainRequest(request);
  return those.find(({ provider }) => provider.identify(plain).route !== 'unmodelled') ?? those[0];
}
