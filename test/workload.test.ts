// Workloads: keyed by the seed, in an open loop, and no draw depends on another.

import { describe, expect, test } from 'vitest';
import type { BrokerStory, Calls } from '../harness/workload/story.ts';
import { accountsOfStory, callsOfStory, replicaFor, writes } from '../harness/workload/workload.ts';

const MINUTE_MS = 60_000;

const storyOf = (calls: Partial<Calls>, more: Partial<BrokerStory> = {}): BrokerStory => ({
  services: { crm: { base: 'plain' } },
  cohorts: [{ service: 'crm', count: 4, tenants: 2, withinMs: MINUTE_MS }],
  calls: [{ to: { service: 'crm' }, fromMs: 10 * MINUTE_MS, method: 'GET', path: '/v1/me', ...calls }],
  ...more,
});

const run = { seed: 1, replicas: 3, untilMs: 60 * MINUTE_MS };

describe('the accounts of a story', () => {
  test('are named by tenant, service and number, and spread over their time', () => {
    const accounts = accountsOfStory(storyOf({}), 1);
    expect(accounts.map(({ id, tenant }) => [id, tenant])).toEqual([
      ['tenant-1-crm', 'tenant-1'],
      ['tenant-2-crm', 'tenant-2'],
      ['tenant-1-crm-2', 'tenant-1'],
      ['tenant-2-crm-2', 'tenant-2'],
    ]);
    const moments = accounts.map(({ consentAtMs }) => consentAtMs);
    expect(new Set(moments).size).toBe(4);
    expect(moments.every((ms) => ms >= 0 && ms < MINUTE_MS)).toBe(true);
  });

  test('keep their moments when others join them', () => {
    const more = storyOf({}, { cohorts: [{ service: 'crm', count: 6, tenants: 2, withinMs: MINUTE_MS }] });
    expect(accountsOfStory(more, 1).slice(0, 4)).toEqual(accountsOfStory(storyOf({}), 1));
  });

  test('have other moments with another seed', () => {
    expect(accountsOfStory(storyOf({}), 2)).not.toEqual(accountsOfStory(storyOf({}), 1));
  });

  test('come by the thousand, each with an id of its own', () => {
    const cohorts = [{ service: 'crm', count: 1000, tenants: 100, withinMs: MINUTE_MS }];
    const ids = accountsOfStory(storyOf({}, { cohorts }), 1).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1000);
  });
});

describe('the calls of a story', () => {
  test('are in the order of their moments, numbered, and each its own where it says so', () => {
    const calls = callsOfStory(
      storyOf({ everyMs: 20 * MINUTE_MS, path: '/v1/items/{call}', body: { for: '{call}' } }),
      run,
    );
    expect(calls.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_none, index) => `c-${index + 1}`));
    expect(calls.map(({ atMs }) => atMs / MINUTE_MS)).toEqual([
      10, 10, 10, 10, 30, 30, 30, 30, 50, 50, 50, 50,
    ]);
    expect(calls[4]).toMatchObject({ path: '/v1/items/c-5', body: { for: 'c-5' } });
  });

  test('end before the end of the story, or before their own', () => {
    const every = { everyMs: 10 * MINUTE_MS };
    expect(callsOfStory(storyOf(every), run).at(-1)?.atMs).toBe(50 * MINUTE_MS);
    expect(callsOfStory(storyOf({ ...every, untilMs: 30 * MINUTE_MS }), run).at(-1)?.atMs).toBe(
      20 * MINUTE_MS,
    );
    expect(callsOfStory(storyOf({ fromMs: 60 * MINUTE_MS }), run)).toEqual([]);
  });

  test('are put off by a draw for each account, and go to replicas that are drawn', () => {
    const calls = callsOfStory(storyOf({ spreadMs: 5 * MINUTE_MS }), run);
    expect(new Set(calls.map(({ atMs }) => atMs)).size).toBe(4);
    expect(calls.every(({ atMs }) => atMs >= 10 * MINUTE_MS && atMs < 15 * MINUTE_MS)).toBe(true);
    expect(calls.every(({ replica }) => [0, 1, 2].includes(replica))).toBe(true);
    expect(callsOfStory(storyOf({ spreadMs: 5 * MINUTE_MS }), run)).toEqual(calls);
  });

  test('go to the replicas in turn where that is the story, over all rounds', () => {
    const one = storyOf({
      to: { account: 'tenant-2-crm' },
      together: 2,
      everyMs: 20 * MINUTE_MS,
      replicas: 'in-turn',
    });
    expect(callsOfStory(one, run).map(({ replica }) => replica)).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

test('a purpose has its replica, whatever else was drawn', () => {
  const drawn = Array.from({ length: 300 }, (_none, index) =>
    replicaFor(1, 3, 'connect', `account-${index}`),
  );
  expect(drawn.filter((replica) => replica === 1).length).toBeGreaterThan(60);
  expect(replicaFor(1, 3, 'connect', 'account-7')).toBe(drawn[7]);
});

test('a story writes when one of its calls does', () => {
  expect(writes(storyOf({}))).toBe(false);
  expect(writes(storyOf({ method: 'POST' }))).toBe(true);
});
