// The page: a picture from the ledger, nothing from outside, and nothing that a subject says becomes markup.

import { describe, expect, test } from 'vitest';
import type { Draft } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { timelineOf } from '../../reports/html/lanes.ts';
import { REPORTS } from '../../reports/index.ts';
import { finding, resultOf, scenarioResult } from '../results.ts';
import { ledgerOf, NIGHT_LEDGER } from './night-ledger.ts';
import { OUTCOMES } from './outcomes.ts';

const HOUR = 3_600_000;
const page = REPORTS.find(({ id }) => id === 'html');

const render = (result: Parameters<NonNullable<typeof page>['render']>[0], ledger?: Ledger) =>
  page?.render(result, {
    color: false,
    outDir: '.hour4',
    ...(ledger === undefined ? {} : { readLedger: () => ledger }),
  }) ?? '';

test('a link leads to the way in which a story was told, and names it', () => {
  const told = (variant: string) =>
    scenarioResult('skewed-clock', [finding('ends-clean', 'fail')], { variant, verdict: 'fail' });
  const text = render(resultOf([told('behind-4m'), told('jumps')]));
  for (const variant of ['behind-4m', 'jumps']) {
    expect(text).toContain(`<section id="skewed-clock--${variant}"`);
    expect(text).toContain(`<a href="#skewed-clock--${variant}">skewed-clock (${variant})</a>`);
  }
});

describe('the picture', () => {
  test('holds each token from its birth to its end, and what happened as marks', () => {
    const { lanes, untilMs } = timelineOf(NIGHT_LEDGER, 6 * HOUR);
    expect(untilMs).toBe(6 * HOUR);
    expect(lanes.map(({ name, kind }) => [name, kind])).toEqual([
      ['acme-0', 'account'],
      ['agent', 'process'],
      ['plain', 'service'],
    ]);
    const [account, agent, plain] = lanes;
    expect(account?.bars).toEqual([
      { fromMs: 0, toMs: HOUR, token: 'acme-0/at-1', kind: 'access', end: 'expired' },
      { fromMs: 0, toMs: HOUR + 5, token: 'acme-0/rt-1', kind: 'refresh', end: 'replaced' },
    ]);
    expect(account?.marks.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ['refresh', HOUR + 9],
      ['act', 2 * HOUR],
      ['refusal', 3 * HOUR],
    ]);
    expect(agent?.marks.map(({ says }) => says)).toEqual(['claims completed']);
    expect(plain?.marks.map(({ says }) => says)).toEqual(['held at gate g']);
  });

  test('tells of a wall clock that was moved, at the lane of its party', () => {
    const moved = [-30_000, 0, 240_000].map(
      (skewMs, at) => [at, { kind: 'clock.skewed', party: 'agent', skewMs }] as const,
    );
    const { lanes } = timelineOf(ledgerOf(1, moved), HOUR);
    const words = lanes.find(({ name }) => name === 'agent')?.marks.map(({ says }) => says);
    expect(words).toEqual([
      'its wall clock is 30.0 s behind',
      'its wall clock is right again',
      'its wall clock is 240.0 s ahead',
    ]);
  });

  test('of many accounts shows those to which most went wrong, and says how many are left out', () => {
    const trouble = [1, 2, 3].map(
      (at) =>
        [at, { kind: 'act', party: 'world', act: 'revoke', service: 'plain', account: 'acme-29' }] as const,
    );
    const { lanes, accountsLeftOut } = timelineOf(ledgerOf(30, trouble), HOUR);
    expect(lanes[0]?.name).toBe('acme-29');
    expect(accountsLeftOut).toBe(18);
  });

  test('stands on the page with a word for each bar and mark', () => {
    const result = resultOf([
      scenarioResult('overnight-run', [finding('ends-clean', 'pass')], { virtualMs: 6 * HOUR }),
    ]);
    const text = render(result, NIGHT_LEDGER);
    for (const said of [
      'acme-0/at-1: from 00:00:00, expired at 01:00:00',
      '02:00:00 revoke (seq 8)',
      'claims completed',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('class="histogram"');
  });

  test('of a cohort has its histogram', () => {
    const refreshes = [10, 20, 30].map(
      (at) => [at * 60_000, { ...(NIGHT_LEDGER.entries[6] as Draft), exchange: 'x-9' } as Draft] as const,
    );
    const result = resultOf([
      scenarioResult('overnight-run', [finding('ends-clean', 'pass')], { virtualMs: HOUR }),
    ]);
    const text = render(result, ledgerOf(40, refreshes));
    expect(text.match(/<rect class="column"/g)).toHaveLength(3);
    expect(text).toContain('Refreshes of 40 accounts');
  });
});

test.each(Object.entries(OUTCOMES))(
  'the page of a result that is %s loads nothing and runs nothing',
  (_name, result) => {
    const text = render(result);
    expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(|https?:\/\//);
  },
);

test('what a subject says stays text', () => {
  const hostile = '</title><script>alert(1)</script><img src=x onerror="x()">\'"`';
  const result = resultOf(
    [scenarioResult('hour-four', [finding('ends-clean', 'fail', { message: hostile, fix: hostile })])],
    {
      subject: { name: hostile, kind: 'agent', time: 'exact' },
    },
  );
  const text = render(
    result,
    ledgerOf(1, [[5, { kind: 'process.killed', party: hostile, reason: hostile }]]),
  );
  expect(text).not.toMatch(/<script|<img|onerror="/);
  expect(text).toContain('&lt;script&gt;alert(1)');
});
