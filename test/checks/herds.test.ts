// How densely a cohort comes, on its own and after trouble.

import { describe, expect, test } from 'vitest';
import herdSpread from '../../scenarios/checks/herd-spread.ts';
import noResync from '../../scenarios/checks/no-resync.ts';
import { brokerStory, cohort } from './broker-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

const SIZE = 60;
const ids = cohort(SIZE).map(({ id }) => id);

/** A cohort of which every account is refreshed once, each so long after the one before. */
function apart(gapMs: number, size = SIZE) {
  const told = brokerStory(cohort(size));
  const opened = ids.slice(0, size).map((id, index) => {
    told.at(30 * MINUTE + index * gapMs);
    return told.refresh(id).opened;
  });
  return { ...told, opened };
}

describe('herd-spread fails', () => {
  test('when more than a tenth of the cohort comes within one second', () => {
    const { ledger, opened } = apart(150);
    const judgement = verdictOf(herdSpread, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: opened.slice(0, 50), atMs: 30 * MINUTE });
    expect(judgement.message).toContain('Within one second from 00:30:00 on 7 of 60 accounts of crm');
    expect(judgement.message).toContain('spread evenly it would have been 0.033.');
  });

  test('when more than a third of it comes within one minute, and says what was refused as too many', () => {
    const { ledger, at, open, answer } = apart(2500);
    at(40 * MINUTE);
    answer(open({ account: 'a-1', endpoint: 'token', token: 'a-1/rt-1' }), 'fault', { status: 429 });
    const judgement = verdictOf(herdSpread, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail' });
    expect(judgement.message).toBe(
      'Within one minute from 00:30:00 on 24 of 60 accounts of crm were refreshed; spread evenly it would have been 2.0. 1 of them was refused as too many.',
    );
  });
});

describe('herd-spread passes', () => {
  test('when refreshes come one by one', () => {
    expect(verdictOf(herdSpread, apart(3100).ledger)).toMatchObject({
      verdict: 'pass',
      message:
        'There were 60 refreshes of 60 accounts of crm, at most 1 within a second and 20 within a minute.',
    });
  });

  test('when a few of a small cohort come together, or tokens live so shortly that there is no other way', () => {
    const few = brokerStory(cohort(20));
    for (const [index, id] of ids.slice(0, 20).entries()) {
      few.at(30 * MINUTE + Math.floor(index / 5) * MINUTE);
      few.refresh(id);
      few.later(-50);
    }
    expect(verdictOf(herdSpread, few.ledger).verdict).toBe('pass');
    const short = brokerStory(cohort(SIZE));
    for (const [index, id] of ids.entries()) {
      short.at(MINUTE + index * 1500);
      short.refresh(id, { lifeMs: 3 * MINUTE });
    }
    expect(verdictOf(herdSpread, short.ledger).verdict).toBe('pass');
  });

  test('when repetitions after a failure come together: they are judged elsewhere', () => {
    const { ledger, at, refusedRefresh, refresh } = apart(3100);
    at(50 * MINUTE);
    for (const id of ids) {
      at(50 * MINUTE + ids.indexOf(id) * 3100);
      refusedRefresh(id, 'fault');
    }
    at(60 * MINUTE);
    for (const id of ids) {
      at(60 * MINUTE);
      refresh(id);
    }
    expect(verdictOf(herdSpread, ledger).verdict).toBe('pass');
  });
});

test('herd-spread is inconclusive for few accounts, and where few of them were refreshed', () => {
  expect(verdictOf(herdSpread, apart(0, 19).ledger).verdict).toBe('inconclusive');
  const { ledger, refresh } = brokerStory(cohort(SIZE));
  for (const id of ids.slice(0, 29)) refresh(id);
  expect(verdictOf(herdSpread, ledger).verdict).toBe('inconclusive');
});

/** An outage that five accounts of the cohort meet, and what comes after its end. */
function outage(gapMs: number, truth: 'fault' | 'unavailable' = 'fault') {
  const told = brokerStory(cohort(SIZE));
  told.at(30 * MINUTE);
  const failed = ids.slice(0, 5).map((id) => told.refusedRefresh(id, truth).opened);
  const back = ids.map((id, index) => {
    told.at(40 * MINUTE + index * gapMs);
    return told.refresh(id).opened;
  });
  return { ...told, failed, back };
}

describe('no-resync fails', () => {
  test.each(['fault', 'unavailable'] as const)(
    'when all come back together after an outage (%s)',
    (truth) => {
      const { ledger, failed, back } = outage(10, truth);
      const judgement = verdictOf(noResync, ledger);
      expect(judgement).toMatchObject({ verdict: 'fail', atMs: 40 * MINUTE });
      expect(judgement).toHaveProperty('evidence', [failed[0] ?? 0, ...back].slice(0, 50));
      expect(judgement.message).toContain('After an outage that was over at 00:40:00, 60 of 60 accounts');
    },
  );

  test('when answers were lost instead', () => {
    const { ledger, at, open, lose, refresh } = brokerStory(cohort(SIZE));
    for (const id of ids.slice(0, 5))
      lose(open({ account: id, endpoint: 'token', token: `${id}/rt-1` }), 'fault');
    for (const id of ids) {
      at(MINUTE);
      refresh(id);
    }
    expect(verdictOf(noResync, ledger).verdict).toBe('fail');
  });

  test('when a deploy refreshes everything', () => {
    const { ledger, at, append, refresh } = brokerStory(cohort(SIZE));
    at(20 * MINUTE);
    const { seq } = append({ kind: 'process.started', party: 'broker-0', resume: true });
    for (const id of ids) {
      at(20 * MINUTE + 100);
      refresh(id);
    }
    const judgement = verdictOf(noResync, ledger);
    expect(judgement.verdict === 'fail' && judgement.evidence[0]).toBe(seq);
    expect(judgement.message).toContain('After a deploy');
  });
});

describe('no-resync passes', () => {
  test('when they come back one by one, and when a wave comes long after', () => {
    expect(verdictOf(noResync, outage(400).ledger)).toMatchObject({
      verdict: 'pass',
      message: '1 outage or deploy, and no wave came after.',
    });
    const { ledger, at, refresh } = outage(400);
    for (const id of ids) {
      at(60 * MINUTE);
      refresh(id);
    }
    expect(verdictOf(noResync, ledger).verdict).toBe('pass');
  });
});

test('no-resync takes a limit for no outage', () => {
  const { ledger, at, open, answer, refresh } = brokerStory(cohort(SIZE));
  for (const id of ids.slice(0, 5))
    answer(open({ account: id, endpoint: 'token', token: `${id}/rt-1` }), 'fault', { status: 429 });
  for (const id of ids) {
    at(MINUTE);
    refresh(id);
  }
  expect(verdictOf(noResync, ledger).verdict).toBe('inconclusive');
});

test('no-resync is inconclusive where hardly anybody met trouble, and at the first start', () => {
  const { ledger, append, refusedRefresh, refresh, at } = brokerStory(cohort(SIZE));
  append({ kind: 'process.started', party: 'broker-0', resume: false });
  for (const id of ids.slice(0, 2)) refusedRefresh(id, 'fault');
  refusedRefresh('a-3', 'revoked-by-user');
  for (const id of ids) {
    at(MINUTE);
    refresh(id);
  }
  expect(verdictOf(noResync, ledger).verdict).toBe('inconclusive');
});
