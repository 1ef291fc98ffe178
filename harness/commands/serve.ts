// `hour4 serve`: the mock services on ports of this machine, with an API to move time and break things, until Ctrl-C.

import type { Service } from '../../mocks/index.ts';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS } from '../config/config.ts';
import { UsageError } from '../errors.ts';
import { PREFIX } from '../serve/answers.ts';
import { isLoopback } from '../serve/callers.ts';
import { type Control, openControl } from '../serve/control.ts';
import type { Front } from '../serve/front.ts';
import { servedIds, serviceIds } from '../serve/shelf.ts';
import { listenProblem, openStand, type Stand } from '../serve/stand.ts';
import { wantedServices } from '../serve/wanted.ts';
import { handClock } from '../time/hand-clock.ts';
import type { Terminal } from './terminal.ts';

/** The flags of `serve`, as they are typed. */
export interface ServeFlags {
  /** Path of a config whose services, data and limits are taken; null for none. */
  readonly config: string | null;
  /** Of the control API; the services follow. 0 = any free ports. */
  readonly port: number;
  /** Where to listen; an address that others can reach must be given twice. */
  readonly host: readonly string[];
  /** `SERVICE` or `SERVICE:VARIANT`; none = all. */
  readonly service: readonly string[];
  readonly seed: number;
  /** Of the proxy for programs that call the real hosts; 0 = any free one, null = none. */
  readonly proxy: number | null;
}

/** What `serve` is given besides its flags. */
export interface ServeSurroundings {
  readonly cwd: string;
  readonly terminal: Terminal;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Every service, for a config that may build on any of them. */
  services(): Promise<readonly Service[]>;
}

const LAST_PORT = 65_535;

/**
 * Serves until it is told to end.
 * @returns the exit code
 * @throws UsageError before anything is listened on, or when a port cannot be had
 */
export async function serve(flags: ServeFlags, surroundings: ServeSurroundings): Promise<number> {
  const { terminal, signal } = surroundings;
  const host = hostOf(flags.host);
  const config = await configOf(flags.config, surroundings);
  const services = wantedServices(flags.service, config?.services ?? null, serviceIds(), servedIds);
  if (flags.port + services.length > LAST_PORT) {
    throw new UsageError(
      `--port: ${flags.port} leaves no room for ${services.length} services: name a lower one`,
    );
  }
  const startMs = () =>
    config === null || config.startMs === DEFAULT_START_MS ? Date.now() : config.startMs;
  const clock = handClock({ startMs: startMs() });
  const opened: (Stand | Control | Front)[] = [];
  try {
    const stand = await openStand({
      clock,
      seed: flags.seed,
      intercepts: flags.proxy !== null,
      services,
      data: config?.data ?? {},
      limits: config?.limits ?? DEFAULT_LIMITS,
      host,
      port: flags.port === 0 ? 0 : flags.port + 1,
      startMs,
    });
    opened.push(stand);
    const control = await openControl(stand, host, flags.port);
    opened.push(control);
    const front = flags.proxy === null ? null : await frontOf(stand, host, flags.proxy, config);
    if (front !== null) opened.push(front);
    terminal.stdout.write(table(stand, control, front));
    await ended(signal);
    return 0;
  } catch (error) {
    throw listenProblem(error, host) ?? error;
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}

function hostOf(hosts: readonly string[]): string {
  const [host = '127.0.0.1', ...again] = hosts;
  if (again.some((other) => other !== host)) {
    throw new UsageError(
      `--host: "${host}" and "${again.find((other) => other !== host)}": name one address`,
    );
  }
  if (isLoopback(host) || again.length > 0) return host;
  throw new UsageError(
    `--host: ${host} can be reached from other machines, and whoever reaches it can give orders: if that is meant, say it twice: --host ${host} --host ${host}`,
  );
}

async function configOf(path: string | null, { cwd, services }: ServeSurroundings): Promise<Config | null> {
  if (path === null) return null;
  // Only now: most of what a config needs is needed for nothing else here.
  const { loadConfig } = await import('../config/load.ts');
  return loadConfig(path, cwd, await services());
}

async function frontOf(stand: Stand, host: string, port: number, config: Config | null): Promise<Front> {
  // Only now: certificates need a library that nothing else does.
  const { openFront } = await import('../serve/front.ts');
  return openFront(stand, host, port, (config?.limits ?? DEFAULT_LIMITS).bodyBytes);
}

function table({ offers, seed }: Stand, { origin }: Control, front: Front | null): string {
  const rows = [
    ...offers.map(({ name, origin: url }) => [name, url] as const),
    ['control API', `${origin}${PREFIX}/state`] as const,
    ['dashboard', `${origin}/`] as const,
    ...(front === null ? [] : [['proxy', front.origin] as const]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`);
  const id = offers[0]?.id ?? '';
  return [
    `hour4 serves ${offers.length} services, seed ${seed}, until Ctrl-C:`,
    ...lines,
    'Try:',
    `  curl ${origin}${PREFIX}/accounts -d '{"service":"${id}"}'`,
    `  curl ${origin}${PREFIX}/clock -d '{"advance":"31m"}'`,
    ...(front === null ? [] : ['For programs that call the real hosts:', ...exportsOf(front)]),
    '',
  ].join('\n');
}

const exportsOf = ({ variables }: Front) =>
  Object.entries(variables).map(([name, value]) => `  export ${name}='${value.replaceAll("'", `'\\''`)}'`);

const ended = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
