// How a subject's calls to real hosts reach the world: the proxy, or msw inside its Node process, and the variables for it.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ClockDriver } from '../time/driver.ts';
import type { Listener } from '../world/transport.ts';
import type { World } from '../world/world.ts';
import { behindWorld } from './behind.ts';
import { openProxy } from './proxy.ts';
import { upstreamIn } from './upstream.ts';
import { mswVariables, networkVariables, proxyVariables } from './variables.ts';

/** By which means real hosts are intercepted. */
export type InterceptMode = 'none' | 'proxy' | 'msw';

/** `network`: the services themselves are behind a proxy, which the subject finds in its variables as in a company. */
type Way = InterceptMode | 'network';

/** Interception under way. */
export interface Interception {
  /** A subject's own variables, and those by which its calls are intercepted. */
  variables(own: Readonly<Record<string, string>>): Record<string, string>;
  close(): Promise<void>;
}

/** What interception is given. */
export interface InterceptOptions {
  readonly world: World;
  readonly clock: ClockDriver;
  /** Where the authority's certificate is written; removed by `close`. */
  readonly certificateFile: string;
  readonly bodyBytes: number;
  /** The subject's own variables: a proxy that they name is asked for hosts that no service claims. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts to intercept. */
export async function intercept(mode: Way, options: InterceptOptions): Promise<Interception> {
  if (mode === 'none') return { variables: (own) => ({ ...own }), close: async () => {} };
  if (mode === 'msw') {
    const proxy = await proxyFor(options, null);
    return { variables: (own) => ({ ...own, ...mswVariables(proxy.origin, own) }), close: proxy.close };
  }
  if (mode === 'network') {
    const proxy = await proxyFor(options, null);
    return { variables: (own) => ({ ...own, ...networkVariables(proxy.origin) }), close: proxy.close };
  }
  const { certificateFile } = options;
  // Only now: nothing else needs the library.
  const { createCertificateAuthority } = await import('./certificates.ts');
  const authority = await createCertificateAuthority();
  await mkdir(dirname(certificateFile), { recursive: true });
  await writeFile(certificateFile, authority.certificate);
  const proxy = await proxyFor(options, authority);
  return {
    variables: (own) => ({ ...own, ...proxyVariables(proxy.origin, certificateFile, own) }),
    close: async () => {
      await proxy.close();
      await rm(certificateFile, { force: true });
    },
  };
}

function proxyFor(
  { world, clock, env, bodyBytes }: InterceptOptions,
  authority: Parameters<typeof openProxy>[0]['authority'],
): Promise<Listener> {
  return openProxy({
    behind: behindWorld(world, () => clock.nudge(process.pid)),
    authority,
    upstream: authority === null ? null : upstreamIn(env),
    bodyBytes,
    date: () => new Date(clock.startMs + clock.nowMs).toUTCString(),
    watch: (server) => clock.watchServer(server),
    hold: (reason) => clock.hold(reason),
  });
}
