// The measured process of the cohort: a world in virtual time, and in it a crowd of accounts that refresh by function call.

import { exactClock } from '../harness/time/exact-clock.ts';
import type { Reply } from '../harness/world/transport.ts';
import { createWorld, type World } from '../harness/world/world.ts';
import type { Account, Randomness, Request } from '../mocks/index.ts';
// From their own files, for the index would load every service there is.
import { seededRandomness } from '../mocks/randomness.ts';
import plain from '../mocks/services/plain/index.ts';
import { densest, herdsOf } from '../scenarios/checks/herds.ts';
import { answerParent } from './child.ts';
import type { CohortOrder, CohortReport } from './cohort.ts';

const HOUR_MS = 3_600_000;
/** Consents come within one deployment window. */
const WITHIN_MS = 5 * 60_000;
/** The last part of a token's life in which it is replaced, and the part over which the moments are spread. */
const AHEAD_PART = 0.35;
const SPREAD_PART = 0.25;

async function run({ accounts, hours }: CohortOrder): Promise<CohortReport> {
  const begunMs = performance.now();
  const randomness = seededRandomness(1);
  const clock = exactClock({ startMs: Date.UTC(2026, 2, 2, 22), seed: 1 });
  await clock.listen();
  const world = await createWorld({
    clock,
    scenario: 'cohort',
    variant: null,
    seed: 1,
    services: [plain],
    accounts: Array.from({ length: accounts }, (_none, index) => ({
      id: `account-${index}`,
      service: 'plain',
      tenant: `tenant-${index}`,
      consentAtMs: Math.floor(randomness.uniform('consent', index) * WITHIN_MS),
    })),
    data: {},
    timeline: [],
    untilMs: hours * HOUR_MS,
    latency: { minMs: 0, maxMs: 0 },
    bodyBytes: 1_000_000,
    connections: 1,
  });
  const crowd = createCrowd(world, clock, randomness);
  for (const account of world.accounts) crowd.join(account);
  clock.schedule(hours * HOUR_MS, 'zz end', () => clock.stop());
  await clock.run();
  const elapsedMs = performance.now() - begunMs;
  const residentBytes = process.resourceUsage().maxRSS * 1024;
  await clock.close();
  await world.close();
  const [herd] = herdsOf(world.ledger);
  if (herd === undefined) throw new Error('a cohort this small is no herd');
  return {
    elapsedMs,
    residentBytes,
    refreshes: crowd.refreshes(),
    peakPerSecond: densest(herd.knocks, 1000).length,
    uniformPerSecond: accounts / (HOUR_MS / 1000),
  };
}

/** Accounts that renew their tokens ahead of the end, each at moments of its own. */
function createCrowd(world: World, clock: ReturnType<typeof exactClock>, randomness: Randomness) {
  let refreshes = 0;
  const plan = (account: Account, refreshToken: string, endMs: number, nth: number) => {
    const lifeMs = endMs - clock.nowMs;
    const part = 1 - AHEAD_PART + SPREAD_PART * randomness.uniform('renewal', account.id, nth);
    const atMs = Math.floor(clock.nowMs + lifeMs * part);
    clock.schedule(atMs, `crowd ${account.id}`, () => renew(account, refreshToken, nth));
  };
  const renew = (account: Account, refreshToken: string, nth: number) => {
    const answered: Reply['send'] = ({ status, body }) => {
      const tokens = body as { refresh_token: string; expires_in: number };
      if (status !== 200) throw new Error(`the refresh ${nth} of ${account.id} was answered with ${status}`);
      refreshes++;
      plan(account, tokens.refresh_token, clock.nowMs + tokens.expires_in * 1000, nth + 1);
    };
    const reply: Reply = { socket: null, send: answered, cut: () => {}, onGone: () => {} };
    world.receive('plain', refreshRequest(account, refreshToken), reply);
  };
  return {
    join: (account: Account) =>
      plan(account, account.refreshToken ?? '', Date.parse(account.expiresAt ?? '') - clock.startMs, 0),
    refreshes: () => refreshes,
  };
}

function refreshRequest({ tokenUrl, clientId, clientSecret }: Account, refreshToken: string): Request {
  return {
    method: 'POST',
    host: '127.0.0.1',
    path: new URL(tokenUrl).pathname,
    query: {},
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret ?? '',
    }).toString(),
  };
}

answerParent(run);
