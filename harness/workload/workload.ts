// From a story to the accounts and calls of one run: pure, and keyed by the seed, so that one draw never disturbs another.

import { type Json, type Randomness, seededRandomness } from '../../mocks/index.ts';
import type { BrokerStory, Calls, Cohort } from './story.ts';

/** An account that a story brings along. */
export interface PlannedAccount {
  readonly id: string;
  readonly service: string;
  readonly tenant: string;
  /** Virtual ms of its consent, at which it is connected. */
  readonly consentAtMs: number;
  readonly owner?: 'personal';
  readonly scopes?: readonly string[];
}

/** One call, sent at its moment whatever became of the others. */
export interface PlannedCall {
  readonly id: string;
  readonly atMs: number;
  readonly account: string;
  readonly replica: number;
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  /** In whose name and for what it is asked. */
  readonly agent: string;
  readonly task: string;
}

/** How many agents share the calls. */
const WORKERS = 3;

/** The accounts of a story, in the order in which they are written. */
export function accountsOfStory({ cohorts }: BrokerStory, seed: number): readonly PlannedAccount[] {
  const randomness = seededRandomness(seed);
  return cohorts.flatMap((cohort) => accountsOfCohort(cohort, randomness));
}

function accountsOfCohort(
  { service, count, tenants, withinMs, owner, scopes }: Cohort,
  randomness: Randomness,
): readonly PlannedAccount[] {
  return Array.from({ length: count }, (_none, index) => {
    const tenant = tenants === 1 ? 'acme' : `tenant-${(index % tenants) + 1}`;
    const nth = Math.floor(index / tenants) + 1;
    const id = nth === 1 ? `${tenant}-${service}` : `${tenant}-${service}-${nth}`;
    const own = { ...(owner === undefined ? {} : { owner }), ...(scopes === undefined ? {} : { scopes }) };
    return { id, service, tenant, consentAtMs: drawn(withinMs, randomness, 'consent', id), ...own };
  });
}

/** The replica, from 0, that is spoken to for this purpose. */
export function replicaFor(seed: number, replicas: number, ...purpose: readonly (string | number)[]): number {
  return drawn(replicas, seededRandomness(seed), 'replica', ...purpose);
}

/** All calls of a story, by moment and then as they are written, with ids in that order: `c-1`, `c-2`, ... */
export function callsOfStory(
  story: BrokerStory,
  run: { readonly seed: number; readonly replicas: number; readonly untilMs: number },
): readonly PlannedCall[] {
  const accounts = accountsOfStory(story, run.seed);
  const randomness = seededRandomness(run.seed);
  const unnamed = story.calls.flatMap((calls, pattern) =>
    accounts
      .filter((account) => isCalled(calls, account))
      .flatMap((account) =>
        momentsOf(
          calls,
          run.untilMs,
          drawn(calls.spreadMs ?? 0, randomness, 'spread', pattern, account.id),
        ).flatMap((atMs, round) =>
          Array.from({ length: calls.together ?? 1 }, (_none, nth) => ({
            atMs,
            account: account.id,
            calls,
            replica:
              calls.replicas === 'in-turn'
                ? (round * (calls.together ?? 1) + nth) % run.replicas
                : drawn(run.replicas, randomness, 'replica', pattern, account.id, round, nth),
          })),
        ),
      ),
  );
  const inOrder = unnamed.sort((a, b) => a.atMs - b.atMs);
  return inOrder.map(({ calls, ...call }, index) => {
    const id = `c-${index + 1}`;
    const named = (text: string) => text.replaceAll('{call}', id);
    const body = calls.body === undefined ? null : (JSON.parse(named(JSON.stringify(calls.body))) as Json);
    const said = { agent: `worker-${(index % WORKERS) + 1}`, task: `task-${index + 1}` };
    return { id, ...call, ...said, method: calls.method, path: named(calls.path), body };
  });
}

/** Whether a story writes anything: only then does its twin show what should have been written. */
export function writes({ calls }: BrokerStory): boolean {
  return calls.some(({ method }) => method !== 'GET');
}

function isCalled({ to }: Calls, { id, service }: PlannedAccount): boolean {
  return 'account' in to ? to.account === id : to.service === service;
}

function momentsOf({ fromMs, everyMs, untilMs }: Calls, endMs: number, shiftMs: number): readonly number[] {
  const firstMs = fromMs + shiftMs;
  const beforeMs = untilMs ?? endMs;
  if (firstMs >= beforeMs) return [];
  const count = everyMs === undefined ? 1 : Math.ceil((beforeMs - firstMs) / everyMs);
  return Array.from({ length: count }, (_none, round) => firstMs + round * (everyMs ?? 0));
}

const drawn = (range: number, randomness: Randomness, ...key: readonly (string | number)[]): number =>
  Math.floor(randomness.uniform(...key) * range);
