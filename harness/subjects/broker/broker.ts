// A broker in a world: its replicas started, the story told to them, and all that they said and did.

import { rm } from 'node:fs/promises';
import type { Ending } from '../../check.ts';
import type { RunEnd } from '../../time/driver.ts';
import { dismissAll } from '../house.ts';
import { censusOf, endStrays } from '../strays.ts';
import type { SubjectOutcome, SubjectRun } from '../subject.ts';
import { neverIdle, prepareFolders } from '../supervise.ts';
import { captureWritten } from '../written-files.ts';
import { takeBlows } from './blows.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { createReplicas, type Replicas } from './replicas.ts';
import { tell } from './story.ts';
import { takeWebhooks } from './webhooks.ts';

/** How often the broker's processes are counted, in real ms. */
const CENSUS_MS = 500;
/** How long replicas may take over SIGTERM: real ms, and as many virtual ones. */
const STOP_MS = 5000;

/** Starts the broker, tells it the story of its scenario, and cleans up after it. */
export async function runBroker(run: SubjectRun): Promise<SubjectOutcome> {
  const { clock, folders, lodging } = run;
  await prepareFolders(run);
  const startedAtMs = Date.now();
  const fate = createFate(run);
  const replicas = createReplicas(run, {
    onLost: (party, ending) => fate.lost(`${party} ${sayEnding(ending)} in the middle of the story.`, ending),
    onFlood: (party, stream) =>
      fate.lost(`${party} printed more than ${run.limits.stdoutBytes} bytes to ${stream}.`),
  });
  try {
    const conversation = createConversation(run, replicas);
    takeBlows(run, replicas);
    takeWebhooks(run, replicas, conversation);
    await letTimePass(run, replicas, conversation, fate);
    conversation.end();
    const stopped = await stop(run, replicas);
    await dismissAll(lodging.hosts, replicas.newcomers());
    const wroteBesides = await captureWritten(run, 'broker', startedAtMs);
    const heard = replicas.heard();
    const joined = (stream: 'stdout' | 'stderr') => heard.flatMap(({ text }) => text[stream]).join('');
    return {
      ending: fate.ending() ?? stopped,
      claim: null,
      printed: { stdout: joined('stdout'), stderr: joined('stderr') },
      logs: Object.fromEntries(heard.map(({ log }, number) => [replicas.party(number), log.join('')])),
      clockVerified:
        clock.mode !== 'exact' || heard.every((_one, number) => clock.attached(replicas.party(number))),
      wroteBesides,
    };
  } finally {
    endStrays(
      run.run,
      [...lodging.hosts.values()].map(({ pid }) => pid),
    );
    await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What ended the story before its time, if anything did. */
interface Fate {
  /** The first reason stands; time stops. */
  lost(why: string, ending?: Ending): void;
  ending(): Ending | null;
}

function createFate({ clock }: SubjectRun): Fate {
  let fate: Ending | null = null;
  return {
    lost: (why, ending) => {
      const failed = ending?.kind === 'exited' && ending.code !== 0;
      fate ??= ending?.kind === 'signalled' || failed ? ending : { kind: 'killed', why };
      clock.stop();
    },
    ending: () => fate,
  };
}

function sayEnding(ending: Ending): string {
  if (ending.kind === 'exited') return `exited with code ${ending.code}`;
  return ending.kind === 'signalled' ? `died of ${ending.signal}` : 'was ended';
}

/** Starts the replicas and lets time pass until the story is told or cannot be. */
async function letTimePass(
  run: SubjectRun,
  replicas: Replicas,
  conversation: Conversation,
  fate: Fate,
): Promise<void> {
  const { clock, limits, signal, scenario, subject } = run;
  const { broker: story } = scenario;
  if (story === undefined) throw new Error(`the scenario ${scenario.id} has no part for a broker`);
  const timer = setTimeout(
    () => fate.lost(`It was still running after ${limits.realTimeMs / 1000} s of real time.`),
    limits.realTimeMs,
  );
  const count = censusOf(run.run);
  const census = setInterval(() => {
    if (count() > limits.processes) fate.lost(`It had more than ${limits.processes} processes at once.`);
  }, CENSUS_MS);
  const abort = () => fate.lost('The run was interrupted.');
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  let told = false;
  try {
    for (let started = 0; started < (subject.replicas ?? 1); started++) await replicas.add();
    void tell(run, story, replicas, conversation).then((obstacle) => {
      told = true;
      if (obstacle !== null) fate.lost(obstacle);
      clock.stop();
    });
    while (!told && fate.ending() === null) judgeEnd(await clock.run(), run, fate);
  } finally {
    clearTimeout(timer);
    clearInterval(census);
    signal.removeEventListener('abort', abort);
  }
}

// Where all replicas are gone because a blow took them, the story goes on: another blow may bring them back.
function judgeEnd(end: RunEnd, { clock }: SubjectRun, fate: Fate): void {
  if (end === 'waits-for-nothing') fate.lost('It waited for something that nothing will ever bring about.');
  if (end === 'never-idle') fate.lost(neverIdle(clock));
}

/** Ends the replicas as an operator would. Time goes on meanwhile, but no further than a stop may take. */
async function stop({ clock }: SubjectRun, replicas: Replicas): Promise<Ending> {
  let over = false;
  const ending = replicas.stop(STOP_MS).finally(() => {
    over = true;
    clock.stop();
  });
  clock.schedule(clock.nowMs + STOP_MS, 'zzz stopped', () => clock.stop());
  await clock.run();
  if (!over) await ending;
  return ending;
}
