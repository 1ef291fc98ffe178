// The same request, sent again and again.

import { describe, expect, test } from 'vitest';
import boundedRetries from '../../scenarios/checks/bounded-retries.ts';
import { MINUTE, story, verdictOf } from './ledgers.ts';

const ID = 'acme-hubspot';
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('bounded-retries fails', () => {
  test('when one request is refused a fifth time within minutes', () => {
    const { ledger, call, later } = story();
    const sends = times(7).map(() => {
      later(10_000);
      return call('expired').opened;
    });
    expect(verdictOf(boundedRetries, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: sends.slice(0, 5),
      atMs: 50_200,
    });
  });

  test('when one refresh is refused a fifth time within minutes', () => {
    const { ledger, refusedRefresh } = story();
    for (const _ of times(5)) refusedRefresh(ID, 'revoked-by-user');
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('fail');
  });

  test('when a refusal is answered by refresh after refresh', () => {
    const { ledger, call, refresh } = story();
    const sends = times(3).map(() => {
      const send = call('denied-by-policy', { status: 403 }).opened;
      refresh(ID);
      return send;
    });
    expect(verdictOf(boundedRetries, ledger)).toMatchObject({ verdict: 'fail', evidence: sends });
  });

  test('when an outage is hammered', () => {
    const { ledger, call } = story();
    for (const _ of times(21)) call('fault', { status: 503 });
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('fail');
  });
});

describe('bounded-retries fails, too,', () => {
  const HALF = 2.5 * MINUTE - 50;
  const ways: readonly (readonly [string, (told: ReturnType<typeof story>) => void])[] = [
    [
      'when the refreshes bring tokens of their own each time',
      (told) => {
        for (const _ of times(3)) {
          const { access: token } = told.refresh(ID);
          told.call('denied-by-policy', { token });
        }
      },
    ],
    [
      'when the fifth refusal comes just within the bound',
      (told) => {
        for (const _ of times(4)) told.call('expired', { tookMs: 0 });
        told.later(5 * MINUTE - 1);
        told.call('expired');
      },
    ],
    [
      'anew after an answer',
      (told) => {
        for (const _ of times(3)) told.call('expired');
        told.call('ok');
        for (const _ of times(5)) told.call('expired');
      },
    ],
    [
      'by its own refreshes, though another account has some as well',
      (told) => {
        for (const _ of times(3)) {
          told.call('expired');
          told.refresh('acme-rotor');
          told.refresh(ID);
        }
      },
    ],
    [
      'of the slowest repetition that is one still',
      (told) => {
        for (const _ of times(3)) {
          told.call('expired');
          told.later(HALF - 1000);
          told.refresh(ID);
        }
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const told = story();
    tell(told);
    expect(verdictOf(boundedRetries, told.ledger).verdict).toBe('fail');
  });

  test('once for each row of failures', () => {
    const failures = (tell: (told: ReturnType<typeof story>) => void) => {
      const told = story();
      tell(told);
      return verdictOf(boundedRetries, told.ledger).message;
    };
    const flood = (told: ReturnType<typeof story>) => {
      for (const _ of times(12)) told.call('expired');
    };
    expect(failures(flood)).not.toContain('It happened');
    const between: readonly ((told: ReturnType<typeof story>) => void)[] = [
      (told) => told.call('ok'),
      (told) => told.later(5 * MINUTE),
    ];
    for (const pause of between) {
      const twice = (told: ReturnType<typeof story>) => {
        flood(told);
        pause(told);
        flood(told);
      };
      expect(failures(twice)).toContain('It happened once more.');
    }
  });
});

describe('bounded-retries does not mind', () => {
  const ways: readonly (readonly [string, (told: ReturnType<typeof story>) => void])[] = [
    [
      'a fifth refusal after the bound',
      (told) => {
        for (const _ of times(4)) told.call('expired', { tookMs: 0 });
        told.later(5 * MINUTE);
        told.call('expired');
      },
    ],
    [
      'twenty failures, with refusals among them',
      (told) => {
        for (const _ of times(20)) told.call('fault', { status: 503 });
        for (const _ of times(4)) told.call('expired');
      },
    ],
    [
      'refreshes that brought nothing',
      (told) => {
        for (const _ of times(3)) {
          told.call('expired');
          told.refresh(ID, { lost: true });
        }
      },
    ],
    [
      'refreshes of another account',
      (told) => {
        for (const _ of times(3)) {
          told.call('expired');
          told.refresh('acme-rotor');
        }
      },
    ],
    [
      'refreshes with another token between refused ones',
      (told) => {
        for (const _ of times(3)) {
          told.refusedRefresh(ID, 'rotated');
          told.refresh(ID, { token: `${ID}/rt-2` });
        }
      },
    ],
    [
      'what is still under way when the run ends',
      (told) => {
        for (const _ of times(4)) told.call('expired');
        told.open({});
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const told = story();
    tell(told);
    expect(verdictOf(boundedRetries, told.ledger).verdict).toBe('pass');
  });
});

describe('bounded-retries passes', () => {
  test('when every round spends one refresh on a refusal that it does not heal', () => {
    const { ledger, call, refresh, later } = story();
    for (const _ of times(5)) {
      call('scope-missing');
      refresh(ID);
      call('scope-missing');
      later(3 * MINUTE);
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when a sign-in page comes in place of a refusal, and the request is tried a few times more', () => {
    const { ledger, call, later } = story();
    for (const _ of times(6)) {
      call('session-ended', { status: 200, answer: '<html></html>' });
      later(1000);
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when a refused request is sent once more after a refresh', () => {
    const { ledger, call, refresh } = story();
    call('expired');
    refresh(ID);
    call('denied-by-policy', { status: 403 });
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when every round meets the same refusal anew', () => {
    const { ledger, call, later } = story();
    for (const _ of times(20)) {
      call('expired');
      later(3 * MINUTE);
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when many different requests are refused', () => {
    const { ledger, call } = story();
    for (const index of times(20)) call('expired', { path: `/deals/${index}` });
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when an outage is waited out with backoff', () => {
    const { ledger, call, later } = story();
    for (const index of times(8)) {
      call('unavailable', { status: 503 });
      later(1000 * 2 ** index);
    }
    call('ok');
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });

  test('when an answer came in between', () => {
    const { ledger, call } = story();
    for (const _ of times(5)) {
      call('expired');
      call('ok');
    }
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
  });
});

test('bounded-retries is inconclusive where nothing failed, as far as is known', () => {
  const { ledger, call, open } = story();
  call('ok');
  open({ path: '/other' });
  expect(verdictOf(boundedRetries, ledger).verdict).toBe('inconclusive');
});

describe('bounded-retries, where two want the same thing at the same moment,', () => {
  /** Rounds in which both are refused; a third one may send it, too. */
  function refusedTogether(rounds: number, callers = 2) {
    const { ledger, open, answer, later } = story();
    for (const _ of times(rounds)) {
      const sends = times(callers).map(() => open({}));
      later(50);
      for (const send of sends) answer(send, 'expired');
      later(1000);
    }
    return ledger;
  }

  test('bears four refusals of each', () => {
    expect(verdictOf(boundedRetries, refusedTogether(4)).verdict).toBe('pass');
    expect(verdictOf(boundedRetries, refusedTogether(4, 3)).verdict).toBe('pass');
  });

  test('fails at the first that goes beyond', () => {
    expect(verdictOf(boundedRetries, refusedTogether(5)).verdict).toBe('fail');
    const { ledger, open, answer, call } = story();
    for (const send of [open({}), open({})]) answer(send, 'expired');
    for (const _ of times(6)) call('expired');
    expect(verdictOf(boundedRetries, ledger).verdict).toBe('pass');
    const beyond = call('expired').opened;
    expect(verdictOf(boundedRetries, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: expect.arrayContaining([beyond]),
    });
  });

  test('bears twenty failures of each', () => {
    const together = (rounds: number) => {
      const { ledger, open, answer } = story();
      for (const _ of times(rounds))
        for (const send of [open({}), open({})]) answer(send, 'fault', { status: 503 });
      return verdictOf(boundedRetries, ledger).verdict;
    };
    expect(together(20)).toBe('pass');
    expect(together(21)).toBe('fail');
  });
});
