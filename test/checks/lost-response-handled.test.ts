// What follows a refresh whose answer never came.

import { describe, expect, test } from 'vitest';
import type { Claim } from '../../harness/entry.ts';
import lostResponseHandled from '../../scenarios/checks/lost-response-handled.ts';
import { CRM, grantStory, OTHER, rotating } from './grant-ledgers.ts';
import { HOUR, MINUTE, verdictOf } from './ledgers.ts';

function answerLost({ graceMs = 0, rotates = true } = {}) {
  const own = rotating({ graceMs, rotates }).slice(0, 1);
  const others = rotating({ graceMs: HOUR - graceMs }).slice(1);
  const story = grantStory([...own, ...others]);
  const lost = story.refresh(CRM, { rotates, lost: true });
  return { ...story, lost };
}

type Story = ReturnType<typeof answerLost>;

/** What follows a lost answer, at a service that rotates or does not, with a grace or without. */
type Way = readonly [
  title: string,
  tell: (story: Story) => void,
  service: { readonly graceMs?: number; readonly rotates?: boolean },
];
const STRICT = {};
const GRACE = { graceMs: 10 * MINUTE };

const refused = (story: Story, times: number, id = CRM) => {
  for (let time = 0; time < times; time += 1) story.refusedRefresh(id, 'rotated');
};

describe('lost-response-handled fails', () => {
  test('when the spent token is presented again and again', () => {
    const { ledger, refusedRefresh, later, lost } = answerLost();
    const knocks = [1, 2, 3].map(() => {
      later(MINUTE);
      return refusedRefresh(CRM, 'rotated').opened;
    });
    expect(verdictOf(lostResponseHandled, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, knocks[2]],
      atMs: 3 * MINUTE + 150,
    });
  });

  test('when a user is asked though the old token would have done', () => {
    const { ledger, signal, lost } = answerLost(GRACE);
    const asked = signal('reauth_required');
    expect(verdictOf(lostResponseHandled, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, asked],
    });
  });

  test('when nothing is done, and calls fail', () => {
    const { ledger, ask, later, lost } = answerLost(GRACE);
    later(30 * MINUTE);
    const failed = ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(lostResponseHandled, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, failed.sent],
      message: expect.stringContaining('never made good'),
    });
  });

  const ways: readonly Way[] = [
    [
      'when a user is asked though the service rotates nothing',
      (story) => story.signal('reauth_required'),
      { rotates: false },
    ],
    [
      'when a user is asked in the grace, and the token tried at its end',
      (story) => {
        story.signal('reauth_required');
        story.at(10 * MINUTE + 25);
        refused(story, 1);
      },
      GRACE,
    ],
    [
      'when another account alone is refreshed, and its user asked',
      (story) => {
        story.refresh(OTHER);
        story.signal('reauth_required', OTHER);
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
      },
      STRICT,
    ],
    [
      'when a user was asked before, but not since',
      (story) => {
        story.signal('reauth_succeeded');
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
      },
      STRICT,
    ],
    [
      'when it is refused twice, and then left',
      (story) => {
        refused(story, 2);
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
      },
      STRICT,
    ],
  ];
  test.each(ways)('%s', (_title, tell, service) => {
    const story = answerLost(service);
    tell(story);
    expect(verdictOf(lostResponseHandled, story.ledger).verdict).toBe('fail');
  });

  test('when the user was asked before the answer was lost', () => {
    const story = grantStory(rotating(GRACE));
    story.signal('reauth_required');
    story.refresh(CRM, { rotates: true, lost: true });
    story.refusedRefresh(CRM, 'fault');
    story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(lostResponseHandled, story.ledger).verdict).toBe('fail');
  });

  test('when a user is asked in the grace of the lost refresh, which is its account’s second', () => {
    const strict = rotating().slice(0, 1);
    const story = grantStory([...strict, ...rotating(GRACE).slice(1)]);
    story.refresh(OTHER, { rotates: true });
    story.at(HOUR);
    story.refresh(OTHER, { rotates: true, lost: true, token: `${OTHER}/rt-2` });
    story.signal('reauth_required', OTHER);
    expect(verdictOf(lostResponseHandled, story.ledger).verdict).toBe('fail');
  });
});

describe('lost-response-handled passes', () => {
  const ways: readonly Way[] = [
    [
      'when the same token is sent again inside the grace',
      (story) => story.refresh(CRM, { rotates: true }),
      GRACE,
    ],
    [
      'when a strict service refuses it once, and a user is asked',
      (story) => {
        refused(story, 1);
        story.signal('reauth_required');
        story.ask(CRM, 'REAUTH_REQUIRED');
      },
      STRICT,
    ],
    [
      'when it is tried in the grace, and a user asked when that fails',
      (story) => {
        story.refusedRefresh(CRM, 'fault');
        story.signal('reauth_required');
      },
      GRACE,
    ],
    ['when a strict service is not tried again', (story) => story.signal('reauth_required'), STRICT],
    [
      'when a user is asked as the grace ends',
      (story) => {
        story.at(10 * MINUTE + 25);
        story.signal('reauth_required');
      },
      GRACE,
    ],
    [
      'when it is made good, whatever comes later',
      (story) => {
        story.refresh(CRM, { rotates: true });
        refused(story, 3);
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
      },
      STRICT,
    ],
    [
      'when it is made good after two refusals, whatever comes later',
      (story) => {
        refused(story, 2);
        story.refresh(CRM, { rotates: true });
        refused(story, 1);
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
      },
      STRICT,
    ],
    [
      'when it fails without being refused, and is made good',
      (story) => {
        for (let time = 0; time < 3; time += 1) story.refusedRefresh(CRM, 'fault');
        story.refresh(CRM, { rotates: true });
      },
      STRICT,
    ],
    ['when another account is refused', (story) => refused(story, 3, OTHER), STRICT],
    ['when nobody calls', () => {}, STRICT],
    ['when its calls are answered', (story) => story.ask(CRM), STRICT],
    [
      'when the calls that fail are to another account',
      (story) => story.ask(OTHER, 'UPSTREAM_UNAVAILABLE'),
      STRICT,
    ],
    ['when the run ends before a call is answered', (story) => story.ask(CRM, null, { hangs: true }), STRICT],
  ];
  test.each(ways)('%s', (_title, tell, service) => {
    const story = answerLost(service);
    tell(story);
    expect(verdictOf(lostResponseHandled, story.ledger).verdict).toBe('pass');
  });

  test('when what failed was asked while the refresh was on its way', () => {
    const story = grantStory();
    story.refusedRefresh(CRM, 'fault');
    story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
    story.refresh(CRM, { rotates: true, lost: true });
    expect(verdictOf(lostResponseHandled, story.ledger).verdict).toBe('pass');
  });
});

test('lost-response-handled is inconclusive where every answer to a committed refresh arrived', () => {
  const { ledger, refresh, refusedRefresh, open, lose, mint } = grantStory();
  refusedRefresh(CRM, 'fault');
  refresh(CRM, { rotates: true });
  lose(open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-2` }), 'fault');
  const onItsWay = open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-2` });
  mint(CRM, 'access', HOUR, onItsWay.common.exchange);
  expect(verdictOf(lostResponseHandled, ledger).verdict).toBe('inconclusive');
});

describe('an agent after a lost answer', () => {
  /** Its healthy twin wrote a row after the access token was over. */
  function givesUp(more: Partial<Claim>) {
    const story = answerLost();
    const healthy = answerLost();
    for (const { at, expire } of [story, healthy]) {
      at(HOUR);
      expire(`${CRM}/at-2`);
    }
    const pending = healthy.open({ account: CRM, method: 'POST' });
    const cells = { id: '7001' };
    const common = { party: 'agent', service: 'crm', account: CRM, place: 'Report' };
    healthy.append({ kind: 'sink', ...common, exchange: pending.common.exchange, cells });
    story.later(MINUTE);
    const skipped = [{ account: CRM, reason: 'no answer' }];
    const claimed = story.claim({ status: 'partial', skipped, ...more });
    return {
      ...story,
      claimed,
      judgement: verdictOf(lostResponseHandled, story.ledger, { twin: healthy.ledger }),
    };
  }

  test('must not give the account up without a word to its user', () => {
    const { judgement, lost, claimed } = givesUp({});
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [lost.opened, claimed], atMs: HOUR });
    expect(judgement.message).toContain('never made good');
  });

  test('may ask for a new consent in its claim', () => {
    const { judgement } = givesUp({ reauth: [{ account: CRM, reason: 'no answer' }] });
    expect(judgement.verdict).toBe('pass');
  });
});
