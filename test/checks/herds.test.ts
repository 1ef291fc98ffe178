// How densely a cohort comes, on its own and after trouble.

import { describe, expect, test } from 'vitest';
import { attemptsOf } from '../../scenarios/checks/attempts.ts';
import herdSpread from '../../scenarios/checks/herd-spread.ts';
import { densest, herdsOf } from '../../scenarios/checks/herds.ts';
import noResync from '../../scenarios/checks/no-resync.ts';
import { brokerStory, cohort } from './broker-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

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
    expect(judgement.message).toMatch(/ spread evenly it would have been 0\.033\. It happened once more\.$/);
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

describe('herd-spread', () => {
  test('judges a cohort of which half was refreshed', () => {
    const { ledger, refresh } = brokerStory(cohort(SIZE));
    for (const id of ids.slice(0, 30)) refresh(id);
    expect(verdictOf(herdSpread, ledger).verdict).toBe('fail');
  });

  test('takes what comes after a success for meant again, whatever failed before it', () => {
    const { ledger, at, refusedRefresh, refresh } = brokerStory(cohort(SIZE));
    for (const [index, id] of ids.entries()) {
      at(10 * MINUTE + index * 3100);
      refusedRefresh(id, 'fault');
      refresh(id);
    }
    for (const id of ids) {
      at(40 * MINUTE);
      refresh(id);
    }
    expect(verdictOf(herdSpread, ledger)).toMatchObject({ verdict: 'fail', atMs: 40 * MINUTE });
  });

  test('expects no refresh at all where tokens do not expire', () => {
    const { ledger, at, refresh } = brokerStory(cohort(SIZE));
    for (const [index, id] of ids.entries()) {
      at(index * 1500);
      refresh(id, { lifeMs: null });
    }
    expect(verdictOf(herdSpread, ledger).message).toContain('spread evenly it would have been 0.0');
  });
});

test('a herd is of one service, with the refreshes and the middle life of its tokens', () => {
  const others = cohort(20).map((account) => ({ ...account, id: `o-${account.id}`, service: 'mail' }));
  const few = { ...cohort(1)[0], id: 'alone', service: 'sheets' } as (typeof others)[number];
  const told = brokerStory([...cohort(SIZE), ...others, few]);
  const knocks = [
    told.refresh('a-1', { lifeMs: 3 * MINUTE }).opened,
    told.refresh('a-2', { lifeMs: 100 * MINUTE }).opened,
    told.refresh('a-3', { lifeMs: 20 * MINUTE }).opened,
    told.refresh('a-4', { lifeMs: null }).opened,
  ];
  told.upstream('ok', { account: 'a-1' });
  told.open({ account: null, service: 'crm', endpoint: 'token' });
  const other = told.refresh('o-a-1', { lifeMs: HOUR }).opened;
  const seen = herdsOf(told.ledger).map((herd) => ({
    ...herd,
    knocks: herd.knocks.map(({ opened }) => opened.seq),
  }));
  expect(seen).toEqual([
    { service: 'crm', size: SIZE, lifeMs: 20 * MINUTE, knocks },
    { service: 'mail', size: 20, lifeMs: HOUR, knocks: [other] },
  ]);
});

test('the densest stretch is the first of the longest, and as long as its window only', () => {
  const told = brokerStory();
  const sent = [0, 999, 1000, 5000, 5001, 5002, 8000, 8001, 8002].map((ms) => {
    told.at(ms);
    return told.open({}).opened;
  });
  const dense = (windowMs: number) =>
    densest(attemptsOf(told.ledger), windowMs).map(({ opened }) => opened.seq);
  expect(dense(1000)).toEqual(sent.slice(3, 6));
  expect(dense(1001)).toEqual(sent.slice(0, 3));
  expect(dense(10_000)).toEqual(sent);
  expect(densest([], 1000)).toEqual([]);
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
      lose(open({ account: id, endpoint: 'token', token: `${id}/rt-1` }), 'ok');
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

describe('no-resync', () => {
  /** So many accounts meet an outage at 0:30; what comes after is up to the test. */
  function hit(count: number, size = SIZE) {
    const told = brokerStory(cohort(size));
    told.at(30 * MINUTE);
    for (const id of ids.slice(0, count)) told.refusedRefresh(id, 'fault');
    return told;
  }
  const together = (told: ReturnType<typeof hit>, atMs: number, count: number) => {
    for (const id of ids.slice(0, count)) {
      told.at(atMs);
      told.refresh(id);
    }
  };
  const ways: readonly (readonly [string, string, () => ReturnType<typeof hit>])[] = [
    [
      'fails when a twentieth of the cohort was hit',
      'fail',
      () => {
        const told = hit(3);
        together(told, 40 * MINUTE, 7);
        return told;
      },
    ],
    [
      'passes when a tenth comes back together',
      'pass',
      () => {
        const told = hit(5);
        together(told, 40 * MINUTE, 6);
        return told;
      },
    ],
    [
      'passes when a few of a small cohort do',
      'pass',
      () => {
        const told = hit(2, 20);
        together(told, 40 * MINUTE, 5);
        return told;
      },
    ],
    [
      'is inconclusive when one account alone was hit, however often',
      'inconclusive',
      () => {
        const told = hit(1, 20);
        told.refusedRefresh('a-1', 'fault');
        together(told, 40 * MINUTE, 20);
        return told;
      },
    ],
    [
      'does not hold against the outage what came before it, nor what comes a quarter of an hour after',
      'pass',
      () => {
        const told = brokerStory(cohort(SIZE));
        together(told, 10 * MINUTE, SIZE);
        for (const id of ids.slice(0, 5)) told.refusedRefresh(id, 'fault');
        together(told, 40 * MINUTE, 1);
        together(told, 55 * MINUTE, SIZE);
        return told;
      },
    ],
    [
      'does hold against it what comes just before that',
      'fail',
      () => {
        const told = hit(5);
        together(told, 40 * MINUTE, 1);
        together(told, 55 * MINUTE - 1, SIZE);
        return told;
      },
    ],
    [
      'takes no request for lost that is under way still',
      'inconclusive',
      () => {
        const told = brokerStory(cohort(SIZE));
        for (const id of ids) told.open({ account: id, endpoint: 'token', token: `${id}/rt-1` });
        together(told, 40 * MINUTE, SIZE);
        return told;
      },
    ],
  ];
  test.each(ways)('%s', (_title, verdict, tell) => {
    expect(verdictOf(noResync, tell().ledger).verdict).toBe(verdict);
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
