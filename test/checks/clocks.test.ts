// Whose wall clock was wrong, and what a check makes of it: a stated moment comes when one's own clock says so.

import { describe, expect, test } from 'vitest';
import auditComplete from '../../scenarios/checks/audit-complete.ts';
import { clocksOf } from '../../scenarios/checks/clocks.ts';
import noDeadTokenSent from '../../scenarios/checks/no-dead-token-sent.ts';
import oneRefresh from '../../scenarios/checks/one-refresh.ts';
import refreshesAhead from '../../scenarios/checks/refreshes-ahead.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { CRM, grantStory, rotating } from './grant-ledgers.ts';
import { HOUR, MINUTE, story, verdictOf } from './ledgers.ts';

const skewed = (skewMs: number, party = 'agent') => ({ kind: 'clock.skewed', party, skewMs }) as const;

describe('the clocks of a run', () => {
  function turning() {
    const { ledger, at, append } = story();
    at(10 * MINUTE);
    append(skewed(4 * MINUTE));
    at(20 * MINUTE);
    append(skewed(-MINUTE));
    return clocksOf(ledger);
  }

  test('are right until they are moved, each for itself', () => {
    const { aheadMs, parties } = turning();
    expect([0, 10, 19, 20, 60].map((minute) => aheadMs('agent', minute * MINUTE) / MINUTE)).toEqual([
      0, 4, 4, -1, -1,
    ]);
    expect(aheadMs('broker-0', HOUR)).toBe(0);
    expect([...parties]).toEqual(['agent']);
  });

  test('bring a moment too late or too early by all that they were off since it was told', () => {
    const { lateMs, earlyMs } = turning();
    const span = (from: number, to: number) => ['agent', from * MINUTE, to * MINUTE] as const;
    // Told as a lifetime while the clock was ahead, the end comes late by both; told as an instant, by the last alone.
    expect(lateMs(...span(15, 25))).toBe(5 * MINUTE);
    expect(lateMs(...span(22, 25))).toBe(MINUTE);
    expect(lateMs(...span(0, 15))).toBe(0);
    expect(earlyMs(...span(0, 15))).toBe(4 * MINUTE);
    expect(earlyMs(...span(15, 25))).toBe(0);
    expect([lateMs('broker-0', 0, HOUR), earlyMs('broker-0', 0, HOUR)]).toEqual([0, 0]);
  });
});

describe('by a clock that is four minutes behind', () => {
  function behind() {
    const told = story();
    told.append(skewed(-4 * MINUTE));
    told.mint('acme-hubspot', 'access', 30 * MINUTE);
    return told;
  }

  test.each([
    ['a token lives four minutes longer', 34 * MINUTE + 1000, 'pass'],
    ['and no more than that', 34 * MINUTE + 1001, 'fail'],
  ] as const)('%s', (_title, atMs, verdict) => {
    const { ledger, at, call } = behind();
    at(atMs);
    call('expired');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe(verdict);
  });

  test('a token that was refused is dead all the same', () => {
    const { ledger, at, call } = behind();
    at(31 * MINUTE);
    call('expired');
    call('expired');
    expect(verdictOf(noDeadTokenSent, ledger).verdict).toBe('fail');
  });

  test.each([
    ['a broker may learn of an end by a refusal', 33, 'pass'],
    ['but not when the end has come by its clock too', 34, 'fail'],
  ] as const)('%s', (_title, minute, verdict) => {
    const told = grantStory(rotating());
    told.append(skewed(-4 * MINUTE, 'broker-0'));
    told.at(MINUTE);
    told.ask(CRM);
    told.at(30 * MINUTE);
    told.expire(`${CRM}/at-1`);
    told.at(minute * MINUTE);
    const { answer } = told.question();
    told.call('expired', { account: CRM, token: `${CRM}/at-1` });
    told.refresh(CRM);
    answer(done());
    told.at(40 * MINUTE);
    told.ask(CRM);
    expect(verdictOf(refreshesAhead, told.ledger).verdict).toBe(verdict);
  });
});

test.each([
  ['a clock that is ten minutes ahead has seen half of what is left', 10, 10, 'pass'],
  ['and not before', 10, 9, 'fail'],
  ['as one that is right has not', 0, 14, 'fail'],
] as const)('%s', (_title, aheadMinutes, minute, verdict) => {
  const { ledger, append, at, refresh } = story();
  append(skewed(aheadMinutes * MINUTE));
  refresh('acme-hubspot');
  at(minute * MINUTE + 50);
  refresh('acme-hubspot');
  expect(verdictOf(oneRefresh, ledger).verdict).toBe(verdict);
});

describe('the rows of a replica', () => {
  function logged(skewMs: number, rows: readonly { at: string; newDestination: boolean; party: string }[]) {
    const { append, at, ask, upstream, ledger } = brokerStory();
    append(skewed(skewMs, 'broker-0'));
    at(10 * MINUTE);
    const tasks = rows.map(({ party }) => {
      const { answer, task } = ask('call', { path: '/v1/me', party });
      upstream('ok', { path: '/v1/me', party });
      answer(done());
      return task;
    });
    at(6 * HOUR);
    const common = { account: 'acme-crm', agent: 'worker-1', host: 'h', method: 'GET', path: '/v1/me' };
    rows.forEach(({ party, ...row }, nth) => {
      ask('audit', { party }).answer([{ ...common, status: 200, task: tasks[nth] ?? null, ...row }]);
    });
    return verdictOf(auditComplete, ledger);
  }
  const first = { at: '2026-03-02T22:14:00.000Z', newDestination: true, party: 'broker-0' };
  const second = { at: '2026-03-02T22:10:00.200Z', newDestination: false, party: 'broker-1' };

  test('bear the time of its clock', () => {
    expect(logged(4 * MINUTE, [first]).verdict).toBe('pass');
    expect(logged(0, [first])).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('its time'),
    });
  });

  test('stand in the order of true time beside those of others', () => {
    expect(logged(4 * MINUTE, [first, second]).verdict).toBe('pass');
  });
});
