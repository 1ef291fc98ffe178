// An agent in a world: started once, driven until it ends, with all that it said.

import { rm } from 'node:fs/promises';
import { claimOf } from './claim.ts';
import { createHeard } from './heard.ts';
import { startProcess } from './process.ts';
import { argvOf, variablesOf } from './program.ts';
import type { SubjectOutcome, SubjectRun } from './subject.ts';
import { prepareFolders, recordEnding, supervise } from './supervise.ts';
import { writtenFiles } from './written-files.ts';

/** The name of the one party of an agent run. */
const PARTY = 'agent';

/** Starts the agent, lets time pass until it ends, and cleans up after it. */
export async function runAgent(options: SubjectRun): Promise<SubjectOutcome> {
  const { clock, world, folders, program } = options;
  await prepareFolders(options);
  const output = createHeard(world, PARTY);
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
    const ending = await supervise(child, {
      ...options,
      overdue: overdue(options),
      onFlood: (flooded) => {
        output.onFlood = flooded;
      },
    });
    recordEnding(world, PARTY, ending);
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

const overdue = ({ worldFile }: SubjectRun) =>
  `It had not ended an hour after the end of its job (${worldFile.until}).`;
