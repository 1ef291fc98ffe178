// An agent in a world: started, driven until it ends, started again after a blow or a new consent, with all that it said.

import { rm } from 'node:fs/promises';
import type { Ending } from '../../check.ts';
import type { Claim } from '../../entry.ts';
import { claimOf } from '../claim.ts';
import { createHeard, type Heard } from '../heard.ts';
import { variablesOf } from '../program.ts';
import { startParty } from '../start.ts';
import type { SubjectOutcome, SubjectRun } from '../subject.ts';
import { prepareFolders, recordEnding, supervise, writeWorldFile } from '../supervise.ts';
import { captureWritten } from '../written-files.ts';
import { type Body, createBody, PARTY } from './body.ts';
import { consentsTo, whoAsks } from './consent.ts';
import { makeToolAtHand, pathToTool } from './tool-at-hand.ts';

/** How often hour4 completes what a paused agent asks for: one that asks without end is not to run without end. */
const CONSENTS_MAX = 8;

/** Starts the agent, lets time pass until it ends for good, and cleans up after it. */
export async function runAgent(options: SubjectRun): Promise<SubjectOutcome> {
  const { clock, world, folders } = options;
  await prepareFolders(options);
  await makeToolAtHand(options);
  const heard = createHeard(world, PARTY);
  const startedAtMs = Date.now();
  try {
    const { ending, claim } = await liveThrough(options, heard);
    const wroteBesides = await captureWritten(options, PARTY, startedAtMs);
    return {
      ending,
      claim,
      printed: { stdout: heard.text.stdout.join(''), stderr: heard.text.stderr.join('') },
      logs: { [PARTY]: heard.log.join('') },
      clockVerified: clock.mode !== 'exact' || clock.attached(PARTY),
      wroteBesides,
    };
  } finally {
    await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Life {
  readonly ending: Ending;
  readonly claim: Claim;
}

// One life after the other, with the same store: the last one's claim counts.
async function liveThrough(options: SubjectRun, heard: Heard): Promise<Life> {
  const { scenario, worldFile } = options;
  const body = createBody(options);
  let told = worldFile;
  let consents = scenario.agent?.reauthorizes === true ? CONSENTS_MAX : 0;
  for (;;) {
    const heardBefore = heard.jsonLines.length;
    const ending = await liveOnce({ ...options, worldFile: told }, body, heard);
    if (body.wasHit()) {
      if (!(await body.restartWanted())) return { ending, claim: claimOf([], ending).claim };
      told = { ...told, resume: true };
      await writeWorldFile(options.folders, told);
      continue;
    }
    const { claim, from } = claimOf(heard.jsonLines.slice(heardBefore), ending);
    options.world.ledger.append({ kind: 'claim', party: PARTY, claim, from });
    const asking = consents-- > 0 ? whoAsks(claim, told.accounts) : [];
    const consented = asking.length === 0 ? [] : await consentsTo(options, asking);
    if (consented.length === 0) return { ending, claim };
    const ids = consented.map(({ id }) => id);
    told = {
      ...told,
      resume: true,
      accounts: told.accounts.map((one) => consented.find(({ id }) => id === one.id) ?? one),
      reauthorized: [...told.reauthorized.filter((id) => !ids.includes(id)), ...ids],
    };
    await writeWorldFile(options.folders, told);
  }
}

async function liveOnce(options: SubjectRun, body: Body, heard: Heard): Promise<Ending> {
  const { clock, world, worldFile } = options;
  const env = environmentOf(options);
  const child = await startParty(options, { kind: 'agent', party: PARTY, env, strays: options.run }, heard);
  body.enter(child);
  world.ledger.append({ kind: 'process.started', party: PARTY, resume: worldFile.resume });
  clock.expectProcess(PARTY, child.pid);
  // It may have been there before, and heard of its new life on a way that the clock does not see.
  clock.nudge(child.pid);
  const ending = await supervise(child, {
    ...options,
    overdue: overdue(options),
    onFlood: (flooded) => {
      heard.onFlood = flooded;
    },
  });
  const hit: Ending = { kind: 'killed', why: 'It was hit.' };
  recordEnding(world, PARTY, body.wasHit() ? hit : ending);
  return body.wasHit() ? hit : ending;
}

function environmentOf(options: SubjectRun): Record<string, string> {
  const { clock, world, folders, worldFile, run } = options;
  const { accounts } = worldFile;
  const env = variablesOf(
    options.programFor(accounts),
    { ...world, accounts },
    { folders, seed: worldFile.seed, run },
  );
  return { ...env, ...pathToTool(options, env), ...clock.envFor(PARTY, env) };
}

const overdue = ({ worldFile }: SubjectRun) =>
  `It had not ended an hour after the end of its job (${worldFile.until}).`;
