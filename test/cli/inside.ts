// The command line inside the test's own process, with a terminal that keeps what it is told.

import type { Catalogue } from '../../harness/commands/catalogue.ts';
import { main } from '../../harness/commands/main.ts';
import type { RunSurroundings } from '../../harness/commands/run.ts';
import type { Terminal } from '../../harness/commands/terminal.ts';
import { SERVICES } from '../../mocks/index.ts';
import { REPORTS } from '../../reports/index.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { INCIDENTS } from '../../scenarios/incidents/index.ts';
import { SCENARIOS } from '../../scenarios/index.ts';
import { OVERNIGHT_SERVICES, overnightJob } from '../../scenarios/overnight-job.ts';

const CATALOGUE: Catalogue = {
  services: SERVICES,
  scenarios: SCENARIOS,
  checks: CHECKS,
  incidents: INCIDENTS,
  reports: REPORTS,
  defaultJob: { needsServices: OVERNIGHT_SERVICES, make: overnightJob },
};

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test may put in the place of the real thing. */
export interface Stead {
  readonly runSuite?: RunSurroundings['runSuite'];
  /** Absent = the tool was seen to call nobody. */
  readonly firstServiceCalled?: RunSurroundings['firstServiceCalled'];
  readonly signal?: AbortSignal;
  /** Whether the terminal can write over a line and shows colours. */
  readonly isTerminal?: boolean;
}

/** Runs a command; without a runner of its own a command that would run something fails. */
export async function hour4(args: readonly string[], cwd: string, stead: Stead = {}): Promise<Ended> {
  const told = { stdout: '', stderr: '' };
  const { isTerminal = false, signal = new AbortController().signal } = stead;
  const screen = (stream: keyof typeof told): Terminal['stdout'] => ({
    write: (text) => {
      told[stream] += text;
    },
    rewrites: isTerminal,
    color: isTerminal,
  });
  const noRunner = () => Promise.reject(new Error('this command was not to run anything'));
  const code = await main(args, async () => CATALOGUE, {
    cwd,
    signal,
    runSuite: stead.runSuite ?? noRunner,
    firstServiceCalled: stead.firstServiceCalled ?? (async () => null),
    terminal: { stdout: screen('stdout'), stderr: screen('stderr') },
  });
  return { code, ...told };
}
