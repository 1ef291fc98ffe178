// The story of a broker run: ready, connected, called in an open loop, asked for its states and its request log.

import { isJsonObject } from '../../../mocks/http.ts';
import type { Account } from '../../../mocks/index.ts';
import type { EntryOf } from '../../entry.ts';
import type { BrokerStory } from '../../workload/story.ts';
import { accountsOfStory, callsOfStory, type PlannedCall, replicaFor } from '../../workload/workload.ts';
import { reauthorize } from '../reauthorization.ts';
import type { SubjectRun } from '../subject.ts';
import type { Conversation } from './conversation.ts';
import { readiness } from './readiness.ts';
import type { Replicas } from './replicas.ts';

/** How long the last answers may take, in ms of the clock. */
const DRAIN_MS = 60_000;

/** Tells the story to its end; resolves with null, or with why it could not be told. */
export async function tell(
  run: SubjectRun,
  story: BrokerStory,
  replicas: Replicas,
  conversation: Conversation,
): Promise<string | null> {
  const { clock, scenario, worldFile } = run;
  const { seed } = worldFile;
  const { untilMs } = scenario;
  const all = Array.from({ length: replicas.count() }, (_none, replica) => replica);
  const obstacles = await Promise.all(all.map((replica) => readiness(run, replicas, replica)));
  const obstacle = obstacles.find((why) => why !== null);
  if (obstacle !== undefined) return obstacle;

  const at = (dueMs: number, order: string, deed: () => void) =>
    clock.schedule(Math.max(dueMs, clock.nowMs), order, deed);
  const until = (dueMs: number, order: string) => new Promise<void>((resolve) => at(dueMs, order, resolve));

  connectAll(run, story, replicas, conversation, at);
  if (story.reauthorizes === true) completeReauthorizations(run, replicas, conversation, at);
  const calls = callsOfStory(story, { seed, replicas: replicas.count(), untilMs });
  for (const call of calls) at(call.atMs, orderOf(call), () => conversation.call(call));
  for (const statusAtMs of story.statusAtMs ?? [])
    at(statusAtMs, 'status', () => void askStates(run, replicas, conversation));

  for (const tokensAtMs of story.tokensAtMs ?? [])
    at(tokensAtMs, 'tokens', () => void askTokens(run, replicas, conversation));

  await until(untilMs, 'zz end');
  await Promise.race([askStates(run, replicas, conversation), until(untilMs + DRAIN_MS, 'zz drained')]);
  await Promise.race([
    Promise.all(all.map((replica) => conversation.audit(replica))),
    until(clock.nowMs + DRAIN_MS, 'zz audited'),
  ]);
  return null;
}

type At = (dueMs: number, order: string, deed: () => void) => void;

// By number, so that calls of one moment are sent as they are written.
const orderOf = ({ id }: PlannedCall) => `call ${id.padStart(12, '0')}`;

function connectAll(
  { world, worldFile }: SubjectRun,
  story: BrokerStory,
  replicas: Replicas,
  conversation: Conversation,
  at: At,
): void {
  const moments = new Map(accountsOfStory(story, worldFile.seed).map((one) => [one.id, one.consentAtMs]));
  for (const account of world.accounts) {
    const replica = replicaFor(worldFile.seed, replicas.count(), 'connect', account.id);
    // By its name it comes right after the consent of the same moment.
    at(
      moments.get(account.id) ?? 0,
      `consent ${account.id} told ${account.id}`,
      () => void conversation.connect(account, replica),
    );
  }
}

async function askStates({ world, worldFile }: SubjectRun, replicas: Replicas, conversation: Conversation) {
  await Promise.all(
    world.accounts.map(({ id }) =>
      conversation.status(id, replicaFor(worldFile.seed, replicas.count(), 'status', id)),
    ),
  );
}

async function askTokens({ world, worldFile }: SubjectRun, replicas: Replicas, conversation: Conversation) {
  await Promise.all(
    world.accounts.map(({ id }) =>
      conversation.token(id, replicaFor(worldFile.seed, replicas.count(), 'token', id)),
    ),
  );
}

// Whoever asks for a new consent gets one: once for each time of asking, and not while the person is at it.
function completeReauthorizations(
  run: SubjectRun,
  replicas: Replicas,
  conversation: Conversation,
  at: At,
): void {
  const { world, clock, worldFile } = run;
  const underWay = new Set<string>();
  let seen = 0;
  const complete = async (account: Account, event: EntryOf<'event.received'>['event']) => {
    const renewed = await reauthorize(run, account, event);
    if (renewed !== null)
      await conversation.connect(
        renewed,
        replicaFor(worldFile.seed, replicas.count(), 'reconnect', account.id),
      );
    underWay.delete(account.id);
  };
  clock.onQuiescent(
    () => {
      for (; seen < world.ledger.entries.length; seen++) {
        const entry = world.ledger.entries[seen];
        if (entry?.kind !== 'event.received') continue;
        const { type, account: id } = isJsonObject(entry.event) ? entry.event : {};
        const account = world.accounts.find((known) => known.id === id);
        if (type !== 'reauth_required' || account === undefined || underWay.has(account.id)) continue;
        underWay.add(account.id);
        at(
          clock.nowMs + run.consentTakesMs,
          `reauthorize ${account.id}`,
          () => void complete(account, entry.event),
        );
      }
      return false;
    },
    // What it does now is to plan, and what is planned has its own moment.
    () => false,
  );
}
