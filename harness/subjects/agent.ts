// An agent in a world: started once, driven until it ends, with all that it said.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Json } from '../../mocks/index.ts';
import type { Ending } from '../check.ts';
import type { ClockDriver } from '../time/driver.ts';
import type { World } from '../world/world.ts';
import { claimOf, jsonLine } from './claim.ts';
import { type RunningProcess, startProcess } from './process.ts';
import { argvOf, variablesOf } from './program.ts';
import { processesOf } from './strays.ts';
import type { SubjectOutcome, SubjectRun } from './subject.ts';
import { writtenFiles } from './written-files.ts';

/** How often the subject's processes are counted, in real ms. */
const CENSUS_MS = 500;
/** The name of the one party of an agent run. */
const PARTY = 'agent';

/** Starts the agent, lets time pass until it ends, and cleans up after it. */
export async function runAgent(options: SubjectRun): Promise<SubjectOutcome> {
  const { clock, world, folders, program } = options;
  await prepareFolders(options);
  const output = createOutput(world);
  const startedAtMs = Date.now();
  try {
    const child = await startProcess(
      {
        argv: argvOf(program),
        cwd: program.cwd,
        env: environmentOf(options),
        run: options.run,
        outputBytes: options.limits.stdoutBytes,
      },
      output,
    );
    world.ledger.append({ kind: 'process.started', party: PARTY, resume: options.worldFile.resume });
    clock.expectProcess(PARTY, child.pid);
    const ending = await drive(options, child, output);
    recordEnding(world, ending);
    for (const text of await writtenFiles(options.program.cwd, folders, startedAtMs))
      world.capture(PARTY, 'file', text);
    const { claim, from } = claimOf(output.jsonLines, ending);
    world.ledger.append({ kind: 'claim', party: PARTY, claim, from });
    return {
      ending,
      claim,
      printed: { stdout: output.text.stdout.join(''), stderr: output.text.stderr.join('') },
      logs: { [PARTY]: output.log.join('') },
      clockVerified: clock.mode === 'real' || clock.attached(PARTY),
    };
  } finally {
    await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function prepareFolders({ folders, worldFile }: SubjectRun): Promise<void> {
  await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  for (const folder of [folders.home, folders.store, folders.temp]) await mkdir(folder, { recursive: true });
  await writeFile(folders.worldFile, `${JSON.stringify(worldFile, null, 2)}\n`);
}

function environmentOf({
  program,
  clock,
  world,
  folders,
  worldFile,
  run,
}: SubjectRun): Record<string, string> {
  const env = variablesOf(program, world, { folders, seed: worldFile.seed, run });
  return { ...env, ...clock.envFor(PARTY, env) };
}

async function drive(options: SubjectRun, child: RunningProcess, output: Output): Promise<Ending> {
  const { clock, limits, endByMs, signal } = options;
  const cancelEnd = clock.schedule(endByMs, 'zzz end', () => void kill(overdue(options)));
  const kill = (why: string) => child.kill(why);
  const timer = setTimeout(
    () => void kill(`It was still running after ${limits.realTimeMs / 1000} s of real time.`),
    limits.realTimeMs,
  );
  const census = setInterval(() => {
    if (processesOf(options.run).length <= limits.processes) return;
    void kill(`It had more than ${limits.processes} processes at once.`);
  }, CENSUS_MS);
  const abort = () => void kill('The run was interrupted.');
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  output.onFlood = (stream) => void kill(`It printed more than ${limits.stdoutBytes} bytes to ${stream}.`);
  const gone = child.ended.then((ending) => {
    clock.processExited(child.pid);
    return ending;
  });
  try {
    const end = await clock.run();
    if (end === 'waits-for-nothing')
      await kill('It waited for something that nothing will ever bring about.');
    if (end === 'never-idle') await kill(neverIdle(clock));
    return await gone;
  } finally {
    clearTimeout(timer);
    clearInterval(census);
    cancelEnd();
    signal.removeEventListener('abort', abort);
  }
}

const overdue = ({ worldFile }: SubjectRun) =>
  `It had not ended an hour after the end of its job (${worldFile.until}).`;

function neverIdle(clock: ClockDriver): string {
  const busy = clock.busyReport().map(({ pid, busyWith }) => `process ${pid}: ${busyWith.join(', ')}`);
  return `It never came to rest, so that time could not move; it was busy with ${busy.join('; ') || 'nothing that can be seen'}.`;
}

function recordEnding(world: World, ending: Ending): void {
  const { ledger } = world;
  if (ending.kind === 'killed') {
    // Which process it was differs from run to run, and means nothing afterwards.
    const reason = ending.why.replaceAll(/process [0-9]+/g, 'process');
    ledger.append({ kind: 'process.killed', party: PARTY, reason });
  } else {
    const code = ending.kind === 'exited' ? ending.code : null;
    const signal = ending.kind === 'signalled' ? ending.signal : null;
    ledger.append({ kind: 'process.exited', party: PARTY, code, signal });
  }
}

interface Output {
  readonly text: { readonly stdout: string[]; readonly stderr: string[] };
  readonly log: string[];
  readonly jsonLines: Json[];
  onFlood: (stream: 'stdout' | 'stderr') => void;
  line(stream: 'stdout' | 'stderr', text: string): void;
  flooded(stream: 'stdout' | 'stderr'): void;
}

// Lines are redacted before anything keeps them; an event is raised at the virtual moment in which it was printed.
function createOutput(world: World): Output {
  const output: Output = {
    text: { stdout: [], stderr: [] },
    log: [],
    jsonLines: [],
    onFlood: () => {},
    line: (stream, raw) => {
      const line = world.capture(PARTY, stream, raw);
      output.text[stream].push(`${line}\n`);
      output.log.push(`${stream === 'stdout' ? 'out' : 'err'} ${line}\n`);
      if (stream === 'stderr') return;
      const value = jsonLine(line);
      if (value === null) return;
      output.jsonLines.push(value);
      if ((value as { type?: Json }).type === 'reauth_required') world.raise(PARTY, value);
    },
    flooded: (stream) => output.onFlood(stream),
  };
  return output;
}
