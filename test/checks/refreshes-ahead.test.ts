// What happens at the stated end of a token.

import { describe, expect, test } from 'vitest';
import refreshesAhead from '../../scenarios/checks/refreshes-ahead.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { CRM, grantStory, OTHER, rotating } from './grant-ledgers.ts';
import { account, MINUTE, verdictOf } from './ledgers.ts';

const END = 30 * MINUTE;

function calledBeforeItsEnd(accounts = rotating()) {
  const story = grantStory(accounts);
  story.at(MINUTE);
  story.ask(CRM);
  return story;
}

function expiresUnreplaced() {
  const story = calledBeforeItsEnd();
  story.at(END);
  story.expire(`${CRM}/at-1`);
  story.at(END + MINUTE);
  return story;
}

describe('refreshes-ahead fails', () => {
  test.each(['expired', 'superseded', 'session-ended'] as const)(
    'when a call is refused for the age of its token: %s',
    (truth) => {
      const { ledger, ask, call } = expiresUnreplaced();
      const refused = call(truth, { account: CRM, token: `${CRM}/at-1` });
      ask(CRM);
      expect(verdictOf(refreshesAhead, ledger)).toMatchObject({
        verdict: 'fail',
        evidence: [2, refused.answered],
      });
    },
  );

  test('when a call waits for the refresh', () => {
    const { ledger, question, refresh } = expiresUnreplaced();
    const { sent, answer } = question();
    const late = refresh(CRM);
    answer(done());
    expect(verdictOf(refreshesAhead, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [sent, late.opened],
      atMs: END + MINUTE,
    });
  });

  test('when a call waits, and neither it nor the refresh is answered', () => {
    const { ledger, question, slowRefresh } = expiresUnreplaced();
    const { sent } = question();
    const { opened } = slowRefresh(CRM);
    expect(verdictOf(refreshesAhead, ledger)).toMatchObject({ verdict: 'fail', evidence: [sent, opened] });
  });

  test('when the refresh is sent at the very end', () => {
    const { ledger, at, question, expire, refresh } = calledBeforeItsEnd();
    at(END);
    expire(`${CRM}/at-1`);
    const { answer } = question();
    refresh(CRM);
    answer(done());
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('fail');
  });

  test('when another account’s token was replaced ahead, or this one’s last one', () => {
    const { ledger, at, expire, refresh, ask, call } = calledBeforeItsEnd();
    at(END - 2 * MINUTE);
    refresh(OTHER);
    at(END);
    expire(`${CRM}/at-1`);
    call('expired', { account: CRM, token: `${CRM}/at-1` });
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('fail');
    const second = calledBeforeItsEnd();
    second.at(END - MINUTE);
    second.refresh(CRM, { lifeMs: MINUTE });
    second.ask(CRM);
    second.at(END + 2 * MINUTE);
    second.expire(`${CRM}/at-2`);
    second.call('expired', { account: CRM, token: `${CRM}/at-2` });
    second.ask(CRM);
    expect(verdictOf(refreshesAhead, second.ledger).verdict).toBe('fail');
  });
});

describe('refreshes-ahead sees nobody wait', () => {
  type Story = ReturnType<typeof expiresUnreplaced>;
  test.each([
    [
      'whose call was answered while the refresh was under way',
      (told: Story) => {
        const { answer } = told.question();
        const { finish } = told.slowRefresh(CRM);
        answer(done());
        finish();
      },
    ],
    [
      'whose call came after the refresh was sent',
      (told: Story) => {
        const { finish } = told.slowRefresh(CRM);
        told.later(1);
        told.question();
        finish();
      },
    ],
    [
      'who asked for another account',
      (told: Story) => {
        const { answer } = told.question(OTHER);
        told.refresh(CRM);
        answer(done());
        told.ask(CRM);
      },
    ],
    [
      'for another account’s refresh',
      (told: Story) => {
        const { answer } = told.question(CRM);
        told.refresh(OTHER);
        answer(done());
      },
    ],
    [
      'for another account’s refusal',
      (told: Story) => {
        told.call('expired', { account: OTHER });
        told.ask(CRM);
      },
    ],
  ])('%s', (_whom, happen) => {
    const told = expiresUnreplaced();
    happen(told);
    expect(verdictOf(refreshesAhead, told.ledger).verdict).toBe('pass');
  });

  test('whose call had been sent before the end', () => {
    const { ledger, at, question, expire, refresh, ask } = calledBeforeItsEnd();
    at(END - 1);
    const { answer } = question();
    at(END);
    expire(`${CRM}/at-1`);
    refresh(CRM);
    answer(done());
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });
});

describe('refreshes-ahead passes', () => {
  test('when the token is replaced before its end', () => {
    const { ledger, at, refresh, expire, ask } = calledBeforeItsEnd();
    at(END - 2 * MINUTE);
    refresh(CRM);
    at(END);
    expire(`${CRM}/at-1`);
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });

  test('when it was tried ahead, and the endpoint had trouble', () => {
    const { ledger, at, refusedRefresh, expire, ask, call } = calledBeforeItsEnd();
    at(END - 2 * MINUTE);
    refusedRefresh(CRM, 'unavailable');
    at(END);
    expire(`${CRM}/at-1`);
    call('expired', { account: CRM, token: `${CRM}/at-1` });
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });

  test('when the process that would have done it was hit', () => {
    const { ledger, at, kill, expire, ask, call } = calledBeforeItsEnd();
    at(END - MINUTE);
    kill();
    at(END);
    expire(`${CRM}/at-1`);
    call('expired', { account: CRM, token: `${CRM}/at-1` });
    ask(CRM, null, { party: 'broker-1' });
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('pass');
  });
});

test('refreshes-ahead does not apply where no lifetime is stated', () => {
  const { ledger } = calledBeforeItsEnd(rotating({ statesLifetime: false }));
  expect(verdictOf(refreshesAhead, ledger).verdict).toBe('not-applicable');
});

test('refreshes-ahead is inconclusive where no call came after an end', () => {
  const { ledger } = expiresUnreplaced();
  expect(verdictOf(refreshesAhead, ledger).verdict).toBe('inconclusive');
});

describe('refreshes-ahead looks at the ends that are crossed', () => {
  /** Calls of accounts at some times, around the life of one token from 10 minutes on. */
  function crossing(calls: readonly (readonly [id: string, atMs: number])[], accounts = rotating()) {
    const told = brokerStory(accounts);
    const events: (readonly [number, () => void])[] = [
      [10 * MINUTE, () => told.mint(CRM, 'access', 30 * MINUTE)],
      [40 * MINUTE, () => told.expire(`${CRM}/at-1`)],
      ...calls.map(([account, atMs]) => [atMs, () => told.ask('call', { account }).answer(done())] as const),
    ];
    for (const [atMs, happen] of events.toSorted(([a], [b]) => a - b)) {
      told.at(atMs);
      happen();
    }
    return verdictOf(refreshesAhead, told.ledger).verdict;
  }

  test.each([
    ['from its beginning to its end', 10, CRM, 40, CRM, 'pass'],
    ['with no call before it', 9, CRM, 40, CRM, 'inconclusive'],
    ['with no call beyond it', 10, CRM, 39, CRM, 'inconclusive'],
    ['with no call during it', 40, CRM, 41, CRM, 'inconclusive'],
    ['with another account’s call before it', 10, OTHER, 40, CRM, 'inconclusive'],
    ['with another account’s call beyond it', 10, CRM, 40, OTHER, 'inconclusive'],
  ])('%s', (_how, first, whose, second, whom, verdict) => {
    expect(
      crossing([
        [whose, first * MINUTE],
        [whom, second * MINUTE],
      ]),
    ).toBe(verdict);
  });

  test('of tokens that say how long they live', () => {
    const [one, other] = [account(CRM, 'crm', { statesLifetime: false }), account(OTHER, 'crm', {})];
    const calls = [10, 40].map((minutes) => [CRM, minutes * MINUTE] as const);
    expect(crossing(calls, [one, other])).toBe('inconclusive');
  });

  test('and of those that came', () => {
    const { ledger, at, ask } = calledBeforeItsEnd();
    at(END);
    ask(CRM);
    expect(verdictOf(refreshesAhead, ledger).verdict).toBe('inconclusive');
  });
});

test.each([
  ['two minutes before the end', 110_000, 90_000, 'pass'],
  ['earlier', 150_000, 131_000, 'fail'],
])('refreshes-ahead excuses whoever was hit %s', (_when, goneMs, backMs, verdict) => {
  const { ledger, at, kill, start, expire, call, ask } = calledBeforeItsEnd();
  at(END - goneMs);
  kill();
  at(END - backMs);
  start();
  at(END);
  expire(`${CRM}/at-1`);
  call('expired', { account: CRM, token: `${CRM}/at-1` });
  ask(CRM);
  expect(verdictOf(refreshesAhead, ledger).verdict).toBe(verdict);
});
