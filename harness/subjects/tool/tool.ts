// A tool in a world: started once for each step of the story, and never told which step it is.

import { rm } from 'node:fs/promises';
import type { Ending } from '../../check.ts';
import { expand } from '../../config/template.ts';
import type { SubjectOutcome, SubjectRun } from '../subject.ts';
import { prepareFolders } from '../supervise.ts';
import { captureWritten } from '../written-files.ts';
import { startsOf } from './arrange.ts';
import { callTool, PARTY } from './call.ts';
import { firstCredential } from './credentials.ts';
import type { Session, Start } from './session.ts';
import type { ToolStep } from './steps.ts';
import { removeFiles, variablesFor, writeFiles } from './surroundings.ts';

/** Drives a tool through the steps of a story. */
export async function runTool(options: SubjectRun): Promise<SubjectOutcome> {
  const { clock, world, folders, program } = options;
  const { start } = program;
  const use = options.subject.tool;
  if (use === undefined || !('run' in start)) throw new Error('a tool is a program with a call');
  await prepareFolders(options);
  const startedAtMs = Date.now();
  const session: Session = {
    options,
    use,
    run: start.run.map((word) => expand(word, world.accounts, folders.store)),
    held: firstCredential(options, use.service),
    calls: [],
  };
  try {
    for (const step of options.scenario.tool ?? []) {
      for (const one of await startsOf(session, step)) await take(session, step, one);
    }
    await removeFiles(session);
    const wroteBesides = await captureWritten(options, PARTY, startedAtMs);
    const clockVerified = clock.mode !== 'exact' || clock.attached(PARTY);
    return { ...outcomeOf(session), clockVerified, wroteBesides };
  } finally {
    await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function take(session: Session, step: ToolStep, start: Start): Promise<void> {
  const { options, held, calls } = session;
  const { ledger } = options.world;
  if ('skip' in start) {
    ledger.append({ kind: 'call.skipped', party: PARTY, step, reason: start.skip });
    return;
  }
  const argv = start.told.map((word) => options.world.capture(PARTY, 'argv', word));
  const { token, expiresAt } = held;
  ledger.append({ kind: 'call.sent', party: PARTY, step, argv, token, expiresAt });
  await writeFiles(session);
  const env = await variablesFor(session, start.env ?? {});
  const outcome = await callTool(options, start.argv, env);
  ledger.append({ kind: 'call.returned', party: PARTY, step, ...outcome.returned });
  calls.push({ step, outcome });
}

// The first end that was none of the tool's own stands for the whole.
function outcomeOf({ calls }: Session): Omit<SubjectOutcome, 'clockVerified' | 'wroteBesides'> {
  const endings = calls.flatMap(({ outcome }) => outcome.ending ?? []);
  const ending: Ending = endings.find(({ kind }) => kind !== 'exited') ?? { kind: 'exited', code: 0 };
  const all = (stream: 'stdout' | 'stderr') => calls.map(({ outcome }) => outcome.printed[stream]).join('');
  const log = calls.map(({ step, outcome }) => `--- ${step}\n${outcome.log}`).join('');
  return {
    ending,
    claim: null,
    printed: { stdout: all('stdout'), stderr: all('stderr') },
    logs: { [PARTY]: log },
  };
}
