// The services of `hour4 serve` on their ports, and behind them one world that can be begun anew.
//
// Every port answers from the start, but a service is loaded by the first request for it: whoever tries one of them
// does not wait for all.

import type { Service } from '../../mocks/index.ts';
import type { Config } from '../config/config.ts';
import { UsageError } from '../errors.ts';
import type { HandClock } from '../time/hand-clock.ts';
import { mustBeStartable } from '../world/provider.ts';
import { type Listener, listen, type Receive } from '../world/transport.ts';
import { createWorld, type World } from '../world/world.ts';
import { loadService, servedIds } from './shelf.ts';
import { type Wanted, wanted } from './wanted.ts';

/** What a stand is made of. */
export interface StandOptions {
  readonly clock: HandClock;
  /** An integer: the same seed gives the same tokens. */
  readonly seed: number;
  readonly services: readonly Wanted[];
  readonly data: Config['data'];
  readonly limits: Pick<Config['limits'], 'bodyBytes' | 'connections'>;
  readonly host: string;
  /** The port of the first service, the others follow; 0 = any free ones. */
  readonly port: number;
  /** Whether a proxy stands in front, through which programs reach the services by their real hosts; absent = none does. */
  readonly intercepts?: boolean;
  /** Epoch ms at which a world that begins now starts. */
  startMs(): number;
}

/** A service on its port. */
export interface Offer extends Wanted {
  readonly origin: string;
}

/** The services, open for requests. */
export interface Stand {
  readonly clock: HandClock;
  readonly seed: number;
  readonly intercepts: boolean;
  /** In the order of their ports. */
  readonly offers: readonly Offer[];
  world(): Promise<World>;
  /** A service as it is served, loaded and part of the world. */
  open(offer: Offer): Promise<Service>;
  /**
   * Offers one more variant of a service on a port of its own; the one that is offered already stays.
   * @throws UsageError for a variant that the service does not have
   */
  offerVariant(id: string, variant: string): Promise<Offer>;
  /** Begins a new world: no accounts, faults or gates, an empty ledger. Requests that are still open are cut. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A slow sender may take so long for its headers, and for its whole request. */
const SLOWEST = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 5_000 };

interface Stall {
  readonly offer: Offer;
  readonly listener: Listener;
  service(): Promise<Service>;
}

/**
 * Opens the ports.
 * @throws UsageError for a port that is taken, a host that is not this machine's, or a variant that nobody knows
 */
export async function openStand(options: StandOptions): Promise<Stand> {
  const { clock, seed, host, limits } = options;
  const stalls: Stall[] = [];
  const begin = async () => {
    const world = await createWorld({
      ...{ clock, seed, data: options.data, ...limits },
      ...{ scenario: 'serve', variant: null, services: [], accounts: [], timeline: [] },
      untilMs: Number.MAX_SAFE_INTEGER,
      // A caller by hand has latencies of its own; under a clock that stands, no others would ever end.
      latency: { minMs: 0, maxMs: 0 },
    });
    void clock.run();
    return world;
  };
  let present = begin();

  const enter = async ({ offer, service }: Stall) => {
    const [world, loaded] = await Promise.all([present, service()]);
    if (!world.providers.has(offer.name)) world.addService(offer.name, loaded, offer.origin);
    return { world, service: loaded };
  };

  const setUp = async (want: Wanted, port: number): Promise<Stall> => {
    const service = loader(want);
    // Whether there is such a variant, or server, is better known before than when the first request comes.
    if (want.knobs.variant !== undefined || servedIds.includes(want.knobs.base ?? want.id)) await service();
    const receive: Receive = async (request, reply) => {
      const { world } = await enter(stall);
      world.receive(want.name, request, reply);
      clock.nudge(process.pid);
    };
    const date = () => new Date(clock.startMs + clock.nowMs).toUTCString();
    const listener = await listen(receive, limits.bodyBytes, date, { host, port });
    Object.assign(listener.server, SLOWEST, { maxConnections: limits.connections });
    clock.watchServer(listener.server);
    const stall: Stall = { offer: { ...want, origin: listener.origin }, listener, service };
    stalls.push(stall);
    return stall;
  };

  const closePorts = () => Promise.all(stalls.map(({ listener }) => listener.close()));
  try {
    for (const [index, want] of options.services.entries()) {
      await setUp(want, options.port === 0 ? 0 : options.port + index);
    }
  } catch (error) {
    await closePorts();
    throw error;
  }

  return {
    clock,
    seed,
    intercepts: options.intercepts ?? false,
    get offers() {
      return stalls.map(({ offer }) => offer);
    },
    world: () => present,
    open: async ({ name }) => {
      const stall = stalls.find(({ offer }) => offer.name === name);
      if (stall === undefined) throw new Error(`"${name}" is not offered`);
      return (await enter(stall)).service;
    },
    offerVariant: async (id, variant) => {
      const base = options.services.find((want) => want.id === id);
      const want = wanted(id, { ...base?.knobs, variant });
      const there = stalls.find(({ offer }) => offer.name === want.name);
      return (there ?? (await setUp(want, 0))).offer;
    },
    reset: async () => {
      clock.stop();
      for (const { listener } of stalls) listener.server.closeAllConnections();
      await (await present).close();
      await clock.reset(options.startMs(), seed);
      present = begin();
      await present;
    },
    close: async () => {
      clock.stop();
      await Promise.all([closePorts(), present.then((world) => world.close())]);
    },
  };
}

/** Loads a service when it is first asked for, and only then. */
function loader({ id, knobs }: Wanted): () => Promise<Service> {
  let loading: Promise<Service> | null = null;
  return () => {
    loading ??= loadService(knobs.base ?? id).then((base) => {
      mustBeStartable(base);
      return Object.keys(knobs).length === 0 ? base : turned(id, knobs, base);
    });
    return loading;
  };
}

async function turned(id: string, knobs: Wanted['knobs'], base: Service): Promise<Service> {
  const { configureService } = await import('../config/services.ts');
  return configureService(id, knobs, [base]);
}

/** What a port or host that cannot be listened on means to whoever asked for it. */
export function listenProblem(error: unknown, host: string, flag = '--port'): UsageError | null {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return new UsageError(`${flag}: port ${port} is taken: name another, or 0 for any free ports`);
  if (code === 'EACCES')
    return new UsageError(`${flag}: port ${port} may not be opened by this user: name one above 1023`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new UsageError(`--host: ${host} is no address of this machine: leave it out for 127.0.0.1`);
  return null;
}
