// One start of a tool: its output, redacted, and how it came back.

import type { Ending } from '../../check.ts';
import type { Returned } from '../../entry.ts';
import { startProcess } from '../process.ts';
import type { SubjectRun } from '../subject.ts';
import { supervise } from '../supervise.ts';
import { readEnvelope } from './envelope.ts';

/** The name of the one party of a tool's run. */
export const PARTY = 'tool';

/** A call may take that long, in virtual ms. */
const CALL_MS = 3_600_000;

/** What came out of one start. */
export interface CallOutcome {
  /** Null when it could not be started. */
  readonly ending: Ending | null;
  readonly returned: Returned;
  readonly printed: { readonly stdout: string; readonly stderr: string };
  /** Its lines in order of arrival, each with its stream. */
  readonly log: string;
}

/** Starts the tool and waits for its end. Never throws for what the tool does. */
export async function callTool(
  options: SubjectRun,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CallOutcome> {
  const { clock, world, limits, program, run } = options;
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const log: string[] = [];
  let flooded: (stream: 'stdout' | 'stderr') => void = () => {};
  const line = (stream: 'stdout' | 'stderr', raw: string) => {
    const text = world.capture(PARTY, stream, raw);
    lines[stream].push(`${text}\n`);
    log.push(`${stream === 'stdout' ? 'out' : 'err'} ${text}\n`);
  };
  const start = { argv, cwd: program.cwd, env, run, outputBytes: limits.stdoutBytes };
  let ending: Ending | null = null;
  let failure: string | null = null;
  try {
    const child = await startProcess(start, { line, flooded: (stream) => flooded(stream) });
    clock.expectProcess(PARTY, child.pid);
    ending = await supervise(child, {
      ...options,
      endByMs: clock.nowMs + CALL_MS,
      overdue: 'It had not ended after an hour.',
      onFlood: (kill) => {
        flooded = kill;
      },
    });
  } catch (error) {
    failure = `It could not be started (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`;
  }
  const printed = { stdout: lines.stdout.join(''), stderr: lines.stderr.join('') };
  const returned: Returned = {
    exitCode: ending?.kind === 'exited' ? ending.code : null,
    otherwise: failure ?? otherwise(ending),
    reading: readEnvelope(printed.stdout, printed.stderr),
  };
  return { ending, returned, printed, log: log.join('') };
}

// Which process it was differs from run to run, and means nothing afterwards.
function otherwise(ending: Ending | null): string | null {
  if (ending?.kind === 'killed') return ending.why.replaceAll(/process [0-9]+/g, 'process');
  return ending?.kind === 'signalled' ? `It died of ${ending.signal}.` : null;
}
