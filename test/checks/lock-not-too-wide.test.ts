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
