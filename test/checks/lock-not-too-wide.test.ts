// Who waits for whose refresh.

import { describe, expect, test } from 'vitest';
import lockNotTooWide from '../../scenarios/checks/lock-not-too-wide.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { verdictOf } from './ledgers.ts';

describe('lock-not-too-wide fails', () => {
  test('when a call waits until another account has been refreshed', () => {
    const { ledger, slowRefresh, ask, later } = grantStory();
    const refresh = slowRefresh(CRM);
    later(100);
    const waiting = ask(OTHER, null, { tookMs: 9000 });
    refresh.finish();
    expect(verdictOf(lockNotTooWide, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [refresh.opened, waiting.sent],
      atMs: 100,
    });
  });

  test('when it is never answered', () => {
    const story = grantStory();
    story.slowRefresh(CRM);
    story.later(100);
    const asked = story.ask(OTHER, null, { tookMs: 20_000, party: 'broker-1' });
    expect(verdictOf(lockNotTooWide, story.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [expect.any(Number), asked.sent],
    });
  });
});

describe('lock-not-too-wide passes', () => {
  test('when the other account goes on', () => {
    const { ledger, slowRefresh, ask, later } = grantStory();
    const refresh = slowRefresh(CRM);
    later(100);
    ask(OTHER);
    later(9000);
    refresh.finish();
    expect(verdictOf(lockNotTooWide, ledger).verdict).toBe('pass');
  });

  test('when the other account is being refreshed slowly as well', () => {
    const { ledger, slowRefresh, ask, later } = grantStory();
    const refresh = slowRefresh(CRM);
    const own = slowRefresh(OTHER);
    ask(OTHER, null, { tookMs: 9000 });
    own.finish();
    refresh.finish();
    expect(verdictOf(lockNotTooWide, ledger).verdict).toBe('pass');
    later(1);
  });

  test('when the other account waits out trouble of its own', () => {
    const { ledger, slowRefresh, ask, refusedRefresh } = grantStory();
    const refresh = slowRefresh(CRM);
    refusedRefresh(OTHER, 'rate-limited');
    ask(OTHER, null, { tookMs: 9000 });
    refresh.finish();
    expect(verdictOf(lockNotTooWide, ledger).verdict).toBe('pass');
  });
});

describe('lock-not-too-wide', () => {
  type Told = ReturnType<typeof grantStory>;
  /** One refresh that takes so long; what else happens is told meanwhile. */
  const during =
    (tell: (told: Told) => void, tookMs = 10_000) =>
    (told: Told) => {
      const refresh = told.slowRefresh(CRM, `${CRM}/rt-1`, 'broker-1');
      tell(told);
      told.at(tookMs);
      refresh.finish();
    };
  const waits = (told: Told, tookMs: number) => told.ask(OTHER, null, { tookMs });
  const ways: readonly (readonly [string, 'pass' | 'fail' | 'inconclusive', (told: Told) => void])[] = [
    ['is inconclusive for a refresh of 3 s', 'inconclusive', during((told) => waits(told, 2900), 3000)],
    ['fails for one of more', 'fail', during((told) => waits(told, 2900), 3001)],
    ['passes a wait of 2 s', 'pass', during((told) => waits(told, 2000))],
    ['fails a longer one', 'fail', during((told) => waits(told, 2001))],
    [
      'counts a wait until the end of the refresh only',
      'pass',
      (told) => {
        const refresh = told.slowRefresh(CRM, `${CRM}/rt-1`, 'broker-1');
        told.at(8000);
        told.ask(OTHER, null, { hangs: true });
        told.at(10_000);
        refresh.finish();
        told.at(20_000);
        told.ask(CRM);
      },
    ],
    [
      'does not mind calls to the account itself',
      'inconclusive',
      during((told) => told.ask(CRM, null, { tookMs: 9000 })),
    ],
    [
      'does not mind calls of before and after',
      'inconclusive',
      (told) => {
        told.at(1000);
        told.ask(OTHER, null, { tookMs: 5000 });
        told.at(7000);
        const refresh = told.slowRefresh(CRM);
        told.at(17_000);
        refresh.finish();
        told.ask(OTHER, null, { tookMs: 5000 });
      },
    ],
    [
      'minds a call that never ends, beside a refresh that never ends',
      'fail',
      (told) => {
        told.slowRefresh(CRM);
        told.ask(OTHER, null, { hangs: true });
        told.at(5000);
        told.ask(CRM);
      },
    ],
    [
      'minds a wait beside each slow refresh by itself',
      'fail',
      (told) => {
        told.refresh(CRM);
        during((inner) => waits(inner, 9000))(told);
      },
    ],
    [
      'leaves out what the call’s own account was busy with, but not what it was before',
      'fail',
      (told) => {
        told.upstream('ok', { account: OTHER, meantFor: OTHER });
        const busy = told.open({ account: OTHER, party: 'broker-0' });
        told.at(5000);
        const refresh = told.slowRefresh(CRM);
        told.ask(OTHER, null, { tookMs: 3000 });
        told.answer(busy, 'ok');
        told.ask(OTHER, null, { tookMs: 3000 });
        refresh.finish();
      },
    ],
    [
      'leaves out exchanges that never end',
      'pass',
      during((told) => {
        told.open({ account: null, meantFor: OTHER, service: 'crm' });
        waits(told, 9000);
      }),
    ],
    [
      'minds trouble at the resource server no more than answers',
      'fail',
      during((told) => {
        told.upstream('fault', { account: OTHER });
        waits(told, 9000);
      }),
    ],
    [
      'takes no successful refresh for trouble',
      'fail',
      during((told) => {
        told.refresh(OTHER);
        waits(told, 9000);
      }),
    ],
    [
      'takes trouble of a minute ago for none any more',
      'fail',
      (told) => {
        told.refusedRefresh(OTHER, 'rate-limited');
        told.later(60_000);
        const refresh = told.slowRefresh(CRM);
        waits(told, 9000);
        refresh.finish();
      },
    ],
    [
      'takes trouble for its reason for just less than a minute',
      'pass',
      (told) => {
        told.refusedRefresh(OTHER, 'rate-limited');
        told.later(59_999);
        const refresh = told.slowRefresh(CRM);
        waits(told, 9000);
        refresh.finish();
      },
    ],
    [
      'takes a refresh that never ends for no trouble, but for work',
      'pass',
      during((told) => {
        told.slowRefresh(OTHER);
        waits(told, 9000);
      }),
    ],
  ];
  test.each(ways)('%s', (_title, verdict, tell) => {
    const told = grantStory();
    tell(told);
    expect(verdictOf(lockNotTooWide, told.ledger).verdict).toBe(verdict);
  });
});

describe('lock-not-too-wide is inconclusive', () => {
  test('when every refresh is quick', () => {
    const { ledger, refresh, ask } = grantStory();
    refresh(CRM);
    ask(OTHER);
    expect(verdictOf(lockNotTooWide, ledger).verdict).toBe('inconclusive');
  });

  test('when the only call in between goes to a paused replica', () => {
    const { ledger, slowRefresh, ask, pause, resume } = grantStory();
    const refresh = slowRefresh(CRM, `${CRM}/rt-1`, 'broker-1');
    pause();
    ask(OTHER, null, { tookMs: 9000 });
    resume();
    refresh.finish();
    expect(verdictOf(lockNotTooWide, ledger).verdict).toBe('inconclusive');
  });
});
