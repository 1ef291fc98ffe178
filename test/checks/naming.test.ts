// Whether a claim names what was lost: by item, by an account from when it was given up, or because the run paused.

import { describe, expect, test } from 'vitest';
import type { Claim } from '../../harness/entry.ts';
import type { LostWork } from '../../scenarios/checks/lost-work.ts';
import { itemNames, namedBy } from '../../scenarios/checks/naming.ts';
import { HOUR, MINUTE, story } from './ledgers.ts';

type Story = ReturnType<typeof story>;

/** A piece of work that is lost at a moment. */
const lostAt = (atMs: number, more: Partial<LostWork> = {}): LostWork => ({
  toALimit: false,
  atMs,
  accounts: new Set(['acme-hubspot']),
  names: new Set(['7001']),
  message: 'It was lost.',
  evidence: [],
  ...more,
});

const isNamed = (told: Story, claim: Claim, lost: LostWork) => namedBy(claim, told.ledger, null)(lost);

const byAccount = (account: string): Claim => ({
  status: 'partial',
  skipped: [{ account, reason: 'refused' }],
});
const HUBSPOT = byAccount('acme-hubspot');

/** From which virtual minute on lost work of the account is named. */
function namedFromMinute(tell: (told: Story) => void, claim = HUBSPOT): number | null {
  const told = story();
  tell(told);
  const named = namedBy(claim, told.ledger, null);
  const minute = Array.from({ length: 600 }, (_none, index) => index).find((index) =>
    named(lostAt(index * MINUTE)),
  );
  return minute ?? null;
}

/** One call at a virtual minute. */
const callAt = (told: Story, minute: number, ...call: Parameters<Story['call']>) => {
  told.at(minute * MINUTE);
  return told.call(...call);
};

test('an item stands for itself, and for the ids in it', () => {
  const ids = new Set(['7001', '7002']);
  expect(itemNames(' deal 7001 and 7999 ', ids)).toEqual(['deal 7001 and 7999', '7001']);
  expect(itemNames(undefined, ids)).toEqual([]);
});

describe('work is named by item', () => {
  const told = story();
  told.call('ok', { answer: { id: '7001' } });

  test.each([['7001'], ['deal 7001']])('as %j', (item) => {
    const claim: Claim = { status: 'partial', skipped: [{ item, reason: 'refused' }] };
    expect(isNamed(told, claim, lostAt(0))).toBe(true);
    expect(isNamed(told, claim, lostAt(0, { names: new Set(['7002']) }))).toBe(false);
  });

  test('and the account beside the item names no more than this item', () => {
    const refused = story();
    refused.call('expired');
    const skipped = [{ item: '7999', account: 'acme-hubspot', reason: 'refused' }];
    expect(isNamed(refused, { status: 'partial', skipped }, lostAt(HOUR))).toBe(false);
  });

  test('and not by a claim that says nothing', () => {
    for (const status of ['completed', 'partial'] as const)
      expect(isNamed(told, { status }, lostAt(HOUR))).toBe(false);
  });
});

describe('an account is named for what was lost', () => {
  const ways: readonly (readonly [string, (told: Story) => void, number | null])[] = [
    [
      'from its first unhealed refusal on, give or take a minute',
      (told) => {
        callAt(told, 100, 'expired');
        callAt(told, 110, 'ok');
        callAt(told, 120, 'expired');
        callAt(told, 130, 'expired');
        callAt(told, 140, 'expired', { route: 'deals.search' });
      },
      119,
    ],
    [
      'from its last refusal on where all were healed',
      (told) => {
        for (const minute of [100, 120]) {
          callAt(told, minute, 'expired');
          callAt(told, minute + 10, 'ok');
        }
      },
      119,
    ],
    [
      'from its first failure on where nothing was refused',
      (told) => {
        callAt(told, 90, 'ok');
        callAt(told, 100, 'fault', { status: 503 });
        callAt(told, 110, 'fault', { status: 503 });
      },
      99,
    ],
    [
      'from its refusal on, not from a failure before',
      (told) => {
        callAt(told, 100, 'fault', { status: 503 });
        callAt(told, 120, 'expired');
        callAt(told, 121, 'ok');
      },
      119,
    ],
    [
      'from a refused refresh on that no other healed',
      (told) => {
        told.at(100 * MINUTE);
        told.refusedRefresh('acme-hubspot', 'revoked-by-user');
        callAt(told, 110, 'expired');
        callAt(told, 111, 'ok');
      },
      99,
    ],
    [
      'from a refused refresh on though a later one got no answer',
      (told) => {
        for (const minute of [100, 110]) {
          told.at(minute * MINUTE);
          told.refusedRefresh('acme-hubspot', 'revoked-by-user');
        }
        told.lose(told.open({ endpoint: 'token', method: 'POST' }));
      },
      99,
    ],
    [
      'whatever became of its refreshes, by the order of their answers',
      (told) => {
        told.at(100 * MINUTE);
        const slow = told.open({ endpoint: 'token', method: 'POST' });
        told.later(MINUTE);
        told.refusedRefresh('acme-hubspot', 'rotated');
        told.answer(slow, 'ok');
        callAt(told, 120, 'expired');
      },
      119,
    ],
    [
      'though its calls of another kind are answered',
      (told) => {
        told.at(100 * MINUTE);
        told.refusedRefresh('acme-hubspot', 'revoked-by-user');
        callAt(told, 110, 'ok');
      },
      99,
    ],
    [
      'by its own refusals alone',
      (told) => {
        callAt(told, 100, 'expired', { account: 'acme-rotor' });
        callAt(told, 110, 'fault', { account: 'acme-rotor' });
        callAt(told, 120, 'expired');
      },
      119,
    ],
    ['never where it did all that was asked', (told) => callAt(told, 100, 'ok'), null],
    ['never where it was not asked', (told) => callAt(told, 100, 'expired', { account: 'acme-rotor' }), null],
  ];
  test.each(ways)('%s', (_title, tell, minute) => {
    expect(namedFromMinute(tell)).toBe(minute);
  });

  test('to the millisecond', () => {
    const told = story();
    callAt(told, 100, 'expired');
    expect(isNamed(told, HUBSPOT, lostAt(99 * MINUTE))).toBe(true);
    expect(isNamed(told, HUBSPOT, lostAt(99 * MINUTE - 1))).toBe(false);
  });

  test('with itself alone, though others were needed', () => {
    const told = story();
    callAt(told, 100, 'expired');
    const needed = (...accounts: string[]) => lostAt(2 * HOUR, { accounts: new Set(accounts) });
    expect(isNamed(told, HUBSPOT, needed('acme-rotor', 'acme-hubspot'))).toBe(true);
    expect(isNamed(told, HUBSPOT, needed('acme-rotor'))).toBe(false);
  });

  test('by asking for its reauthorization, unless the run says that it is complete', () => {
    const asking = (status: Claim['status']): Claim => ({
      status,
      reauth: [{ account: 'acme-hubspot', reason: 'revoked' }],
    });
    const refuse = (told: Story) => callAt(told, 100, 'revoked-by-user');
    expect(namedFromMinute(refuse, asking('partial'))).toBe(99);
    expect(namedFromMinute(refuse, asking('completed'))).toBe(null);
  });
});

describe('where the agent was away, what fell due meanwhile is named', () => {
  /** Away from minute 100 to minute 200, and refused at a minute. */
  const away =
    (refusedMinute: number, ending: 'killed' | 'exited' | null = 'killed', resume = true) =>
    (told: Story) => {
      callAt(told, 90, 'ok');
      told.at(100 * MINUTE);
      if (ending === 'killed') told.append({ kind: 'process.killed', party: 'agent', reason: 'It was hit.' });
      if (ending === 'exited') told.append({ kind: 'process.exited', party: 'agent', code: 0, signal: null });
      told.at(200 * MINUTE);
      told.append({ kind: 'process.started', party: 'agent', resume });
      callAt(told, refusedMinute, 'expired');
    };
  const ways: readonly (readonly [string, (told: Story) => void, number])[] = [
    ['when it was refused at once', away(200), 99],
    ['when it was refused within a minute', away(201), 99],
    ['not when it was refused later', away(202), 201],
    ['when it had ended by itself', away(200, 'exited'), 99],
    ['not when nothing had ended', away(200, null), 199],
    ['not when it started anew', away(200, 'killed', false), 199],
    [
      'by the end before that start',
      (told) => {
        away(200)(told);
        told.at(210 * MINUTE);
        told.append({ kind: 'process.killed', party: 'agent', reason: 'It was hit again.' });
      },
      99,
    ],
    [
      'not when it was refused before',
      (told) => {
        callAt(told, 50, 'expired', { route: 'deals.search' });
        away(300)(told);
      },
      49,
    ],
  ];
  test.each(ways)('%s', (_title, tell, minute) => {
    expect(namedFromMinute(tell)).toBe(minute);
  });
});

describe('a paused run names what was lost from its last request on', () => {
  const PAUSED: Claim = { status: 'paused' };

  test('and nothing of before', () => {
    const tell = (told: Story) => {
      callAt(told, 100, 'ok');
      callAt(told, 120, 'ok');
    };
    expect(namedFromMinute(tell, PAUSED)).toBe(119);
    expect(namedFromMinute(tell, { status: 'partial' })).toBe(null);
  });

  test('to the millisecond', () => {
    const told = story();
    callAt(told, 100, 'ok');
    expect(isNamed(told, PAUSED, lostAt(99 * MINUTE))).toBe(true);
    expect(isNamed(told, PAUSED, lostAt(99 * MINUTE - 1))).toBe(false);
  });

  test('and all when it never asked for anything', () => {
    expect(namedFromMinute(() => {}, PAUSED)).toBe(0);
  });
});
