// The measured side of the refresh measurement: a world with one service, on the real clock, with its ledger.

import { realClock } from '../harness/time/real-clock.ts';
import { createWorld, type World } from '../harness/world/world.ts';
import { answerParent } from './child.ts';
import {
  type Memory,
  ownMemory,
  ownUsage,
  type ServerQuestion,
  type Started,
  type Usage,
} from './refresh-protocol.ts';
import { renewalOf } from './refresh-request.ts';
import { profileOf } from './refresh-sample.ts';

const NIGHT_MS = 6 * 3_600_000;

const clock = realClock();
let world: World | null = null;

async function start(service: string, accounts: number): Promise<Started> {
  await clock.listen();
  world = await createWorld({
    clock,
    scenario: 'bench',
    variant: null,
    seed: 1,
    services: [await profileOf(service)],
    accounts: Array.from({ length: accounts }, (_, index) => ({
      id: `account-${index}`,
      service,
      // A tenant each: some services count the calls of a tenant.
      tenant: `tenant-${index}`,
    })),
    data: {},
    timeline: [],
    untilMs: NIGHT_MS,
    latency: { minMs: 0, maxMs: 0 },
    bodyBytes: 1_000_000,
    connections: 2000,
  });
  clock.schedule(NIGHT_MS, 'end of the night', () => clock.stop());
  void clock.run();
  const port = Number(new URL(world.eventsUrl).port);
  const [first] = world.accounts;
  return {
    port: first === undefined ? port : Number(new URL(first.tokenUrl).port),
    accounts: world.accounts.map((account) => ({
      request: renewalOf(account),
      refreshToken: account.refreshToken ?? '',
    })),
  };
}

answerParent((question: ServerQuestion): Promise<Started> | Usage | Memory => {
  if ('start' in question) return start(question.start.service, question.start.accounts);
  return 'memory' in question ? ownMemory() : ownUsage();
});
process.once('disconnect', async () => {
  await clock.close();
  await world?.close();
});
