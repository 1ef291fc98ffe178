// What a run cost, and which boundaries it crossed, from short ledgers.

import { describe, expect, test } from 'vitest';
import { boundariesOf } from '../harness/boundaries.ts';
import { costOf } from '../harness/cost.ts';
import { account, HOUR, MINUTE, story } from './checks/ledgers.ts';

const HUBSPOT = 'acme-hubspot';
const ACCOUNTS = [account(HUBSPOT, 'hubspot', {})];

/** An account with half an hour per access token, from the start. */
function halfHourStory() {
  const told = story(ACCOUNTS);
  told.mint(HUBSPOT, 'access', 30 * MINUTE);
  told.mint(HUBSPOT, 'refresh', null);
  return told;
}

/** Calls at these minutes, with the first token unless told otherwise. */
function callAt(told: ReturnType<typeof story>, minutes: readonly number[], token = `${HUBSPOT}/at-1`) {
  for (const minute of minutes) {
    told.at(minute * MINUTE);
    told.call('ok', { account: HUBSPOT, token });
  }
}

describe('refreshes', () => {
  test('are counted where the server committed them, whether or not the answer arrived', () => {
    const told = halfHourStory();
    told.refresh(HUBSPOT);
    told.refresh(HUBSPOT, { lost: true });
    told.refusedRefresh(HUBSPOT, 'rate-limited');
    expect(costOf([told.ledger]).refreshes).toBe(2);
  });

  test.each([
    ['none while the first token lives', [0, 10, 29], 0],
    ['one for each half hour in which calls come', [0, 29, 31, 59, 62, 95], 3],
    ['none for the hours in which nobody calls', [0, 29, 5 * 60], 1],
    ['one at the very moment of expiry', [30], 1],
    ['one for many calls after one expiry', [31, 32, 33, 34], 1],
  ] as const)('needed: %s', (_what, minutes, needed) => {
    const told = halfHourStory();
    callAt(told, minutes, `${HUBSPOT}/at-9`);
    expect(costOf([told.ledger]).needed).toBe(needed);
  });

  test('needed: one after the server ended a session early, and none that only a refresh itself ended', () => {
    const told = halfHourStory();
    callAt(told, [0, 5]);
    told.revoke(`${HUBSPOT}/at-1`, 'superseded');
    callAt(told, [8], `${HUBSPOT}/at-2`);
    expect(costOf([told.ledger]).needed).toBe(0);
    told.revoke(`${HUBSPOT}/at-2`, 'session-ended');
    callAt(told, [10], `${HUBSPOT}/at-2`);
    expect(costOf([told.ledger]).needed).toBe(1);
  });

  test('needed: none once the grant is over', () => {
    const told = halfHourStory();
    callAt(told, [0, 31]);
    told.at(40 * MINUTE);
    told.revoke(`${HUBSPOT}/rt-1`, 'revoked-by-user');
    callAt(told, [120, 240]);
    expect(costOf([told.ledger]).needed).toBe(1);
  });

  test('needed: none for a session that activity keeps alive, one when it lapsed', () => {
    const told = halfHourStory();
    callAt(told, [10, 29, 45, 70, 95]);
    expect(costOf([told.ledger]).needed).toBe(0);
    callAt(told, [126]);
    expect(costOf([told.ledger]).needed).toBe(1);
  });

  test('needed: none where nothing can be refreshed or nothing expires', () => {
    const never = story(ACCOUNTS);
    never.mint(HUBSPOT, 'access', null);
    never.mint(HUBSPOT, 'refresh', null);
    const alone = story(ACCOUNTS);
    alone.mint(HUBSPOT, 'access', 30 * MINUTE);
    callAt(never, [600]);
    callAt(alone, [600]);
    expect(costOf([never.ledger, alone.ledger]).needed).toBe(0);
  });
});

describe('waste', () => {
  test('is a call with a credential that once worked', () => {
    const told = halfHourStory();
    for (const truth of ['expired', 'superseded', 'revoked-by-user', 'session-ended'] as const) {
      told.call(truth, { account: HUBSPOT, tookMs: 100 });
    }
    for (const truth of ['unknown-token', 'scope-missing', 'not-found', 'ip-restricted', 'fault'] as const) {
      told.call(truth, { account: HUBSPOT, tookMs: 10 });
    }
    told.call('ok', { account: HUBSPOT, tookMs: 1000 });
    expect(costOf([told.ledger])).toMatchObject({ wastedCalls: 4, wastedVirtualMs: 440 });
  });

  test('is whatever is asked after a terminal refusal, until there is a new grant', () => {
    const told = halfHourStory();
    told.refusedRefresh(HUBSPOT, 'rate-limited');
    told.call('expired', { account: HUBSPOT });
    told.refusedRefresh(HUBSPOT, 'revoked-by-user');
    told.refusedRefresh(HUBSPOT, 'revoked-by-user');
    told.call('revoked-by-user', { account: HUBSPOT });
    expect(costOf([told.ledger]).callsAfterTerminal).toBe(2);
    told.mint(HUBSPOT, 'access', 30 * MINUTE);
    told.call('ok', { account: HUBSPOT, token: `${HUBSPOT}/at-2` });
    expect(costOf([told.ledger]).callsAfterTerminal).toBe(2);
  });

  test('is summed over runs, and nothing over none', () => {
    const told = halfHourStory();
    told.refresh(HUBSPOT);
    told.call('expired', { account: HUBSPOT, tookMs: 5 });
    expect(costOf([told.ledger, told.ledger])).toMatchObject({
      refreshes: 2,
      wastedCalls: 2,
      wastedVirtualMs: 10,
    });
    expect(Object.values(costOf([]))).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a boundary', () => {
  test('is crossed when the subject calls at it or after it', () => {
    const told = halfHourStory();
    told.at(30 * MINUTE);
    told.expire(`${HUBSPOT}/at-1`);
    told.refresh(HUBSPOT);
    told.at(HOUR);
    told.call('ok', { account: HUBSPOT, token: `${HUBSPOT}/at-2` });
    told.at(HOUR + 5 * MINUTE);
    told.expire(`${HUBSPOT}/at-2`);
    expect(boundariesOf(told.ledger)).toEqual([
      {
        service: 'hubspot',
        account: HUBSPOT,
        expiredAt: [30 * MINUTE, HOUR + 5 * MINUTE],
        crossed: 1,
        refreshes: 1,
      },
    ]);
  });

  test('is not crossed by a refresh alone', () => {
    const told = halfHourStory();
    told.at(30 * MINUTE);
    told.expire(`${HUBSPOT}/at-1`);
    told.refresh(HUBSPOT);
    expect(boundariesOf(told.ledger)).toMatchObject([{ crossed: 0, refreshes: 1 }]);
  });

  test('is told for every account of the world, in its order', () => {
    const told = story([account('b-one', 'b', {}), account('a-two', 'a', {})]);
    expect(boundariesOf(told.ledger).map(({ account: id }) => id)).toEqual(['b-one', 'a-two']);
  });
});
