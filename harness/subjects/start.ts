// Starts a party of a subject: a program has a process for each life, a module lives in a host that may be there already.

import { pathToFileURL } from 'node:url';
import { type ProcessHandler, type RunningProcess, startProcess } from './process.ts';
import type { SubjectRun } from './subject.ts';
import { type LifeOrder, startWarmHost } from './warm/warm.ts';

/** Who is started, and how. */
export interface Start {
  readonly kind: LifeOrder['kind'];
  readonly party: string;
  readonly env: Readonly<Record<string, string>>;
  /** The HOUR4_RUN by which its strays are ended with it; null = they are left to whoever starts several parties. */
  readonly strays: string | null;
}

/** Rejects with the system's reason when it cannot be started. */
export async function startParty(
  { program, lodging, limits }: Pick<SubjectRun, 'program' | 'lodging' | 'limits'>,
  { kind, party, env, strays }: Start,
  handler: ProcessHandler,
): Promise<RunningProcess> {
  const { start, cwd } = program;
  const common = { cwd, env, run: strays, outputBytes: limits.stdoutBytes };
  if ('run' in start) return startProcess({ ...common, argv: start.run }, handler);
  const found = lodging.hosts.get(party);
  const host = found?.alive() === true ? found : await startWarmHost(common);
  // Between two lives nobody else would tell the clock, which would wait for it for ever.
  if (host !== found) void host.gone.then(() => lodging.clock.processExited(host.pid));
  lodging.hosts.set(party, host);
  return host.live({ kind, url: pathToFileURL(start.module).href, cwd, env }, handler);
}
