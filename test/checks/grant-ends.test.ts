// When a broker had to know that a grant is over: by a refusal that stands, or by a message that it took.

import { describe, expect, test } from 'vitest';
import { reconnections } from '../../scenarios/checks/consents.ts';
import { grantEnds, newsOf } from '../../scenarios/checks/grant-ends.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';

type Story = ReturnType<typeof grantStory>;

/** A story after the first consents, and what ends in it. */
function endsIn(tell: (story: Story) => void) {
  const story = grantStory();
  story.connect(CRM);
  story.connect(OTHER);
  tell(story);
  return grantEnds(story.ledger);
}

const revoke = (story: Story, id = CRM) => story.revoke(`${id}/rt-1`, 'revoked-by-user');

describe('a refusal ends a grant', () => {
  test('from its answer on, for good', () => {
    let answered = 0;
    const ends = endsIn((story) => {
      answered = story.refusedRefresh(CRM, 'revoked-by-user').answered;
    });
    expect(ends).toEqual([
      {
        account: CRM,
        service: 'crm',
        learntBy: 'refusal',
        at: 50,
        seq: answered,
        truth: 'revoked-by-user',
        untilSeq: Number.POSITIVE_INFINITY,
      },
    ]);
  });

  test('until the next consent, and then once more', () => {
    let again = 0;
    const ends = endsIn((story) => {
      story.refusedRefresh(CRM, 'revoked-by-user');
      story.connect(OTHER);
      again = story.connect(CRM);
      story.refusedRefresh(CRM, 'idle');
    });
    expect(ends).toMatchObject([
      { truth: 'revoked-by-user', untilSeq: again },
      { truth: 'idle', untilSeq: Number.POSITIVE_INFINITY },
    ]);
  });

  test('at the first of several, whatever service answers what else', () => {
    const ends = endsIn((story) => {
      story.refusedRefresh(CRM, 'rate-limited');
      story.upstream('revoked-by-user');
      story.refusedRefresh(CRM, 'idle');
      story.refusedRefresh(CRM, 'revoked-by-user');
    });
    expect(ends.map(({ truth }) => truth)).toEqual(['idle']);
  });

  test('and of each account its own', () => {
    const ends = endsIn((story) => {
      story.refusedRefresh(OTHER, 'idle');
      story.refresh(CRM);
      story.refusedRefresh(CRM, 'revoked-by-user');
    });
    expect(ends.map(({ account, truth }) => [account, truth])).toEqual([
      [CRM, 'revoked-by-user'],
      [OTHER, 'idle'],
    ]);
  });

  const none: readonly (readonly [string, (story: Story) => void])[] = [
    ['when the resource server alone refuses', (story) => story.upstream('revoked-by-user')],
    ['when it is of the moment', (story) => story.refusedRefresh(CRM, 'rate-limited')],
    [
      'when the service has trouble, or does not answer',
      (story) => {
        story.refusedRefresh(CRM, 'fault');
        story.open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` });
      },
    ],
    [
      'when a later refresh of the same grant succeeds',
      (story) => {
        story.refusedRefresh(CRM, 'revoked-by-user');
        story.refusedRefresh(CRM, 'fault');
        story.refresh(CRM);
      },
    ],
    [
      'when another process had exchanged the same token',
      (story) => {
        story.refresh(CRM, { rotates: true });
        story.refusedRefresh(CRM, 'rotated');
      },
    ],
  ];
  test.each(none)('not %s', (_title, tell) => {
    expect(endsIn(tell)).toEqual([]);
  });

  const some: readonly (readonly [string, (story: Story) => void])[] = [
    [
      'though another token was exchanged before',
      (story) => {
        story.refresh(CRM, { rotates: true });
        story.refusedRefresh(CRM, 'rotated', `${CRM}/rt-2`);
      },
    ],
    [
      'though a refresh before it succeeded',
      (story) => {
        story.refresh(CRM);
        story.refusedRefresh(CRM, 'revoked-by-user');
      },
    ],
    ['where nobody had exchanged the rotated token', (story) => story.refusedRefresh(CRM, 'rotated')],
    [
      'though a refresh of the next grant succeeds',
      (story) => {
        story.refusedRefresh(CRM, 'revoked-by-user');
        story.connect(CRM);
        story.refresh(CRM);
      },
    ],
  ];
  test.each(some)('%s', (_title, tell) => {
    expect(endsIn(tell)).toHaveLength(1);
  });
});

describe('a message ends a grant', () => {
  test('of which it tells, from its sending on', () => {
    let sent = 0;
    const ends = endsIn((story) => {
      revoke(story);
      story.later(100);
      sent = story.message(CRM);
    });
    expect(ends).toMatchObject([
      { account: CRM, learntBy: 'message', at: 100, seq: sent, truth: 'revoked-by-user' },
    ]);
  });

  test('by the last revocation before it', () => {
    const ends = endsIn((story) => {
      revoke(story);
      story.revoke(`${CRM}/rt-1`, 'account-deleted');
      story.message(CRM);
      revoke(story);
    });
    expect(ends).toMatchObject([{ truth: 'account-deleted' }]);
  });

  test('before the refusal that follows, and after the one that came first', () => {
    const first = endsIn((story) => {
      revoke(story);
      story.message(CRM);
      story.refusedRefresh(CRM, 'revoked-by-user');
    });
    expect(first).toMatchObject([{ learntBy: 'message' }]);
    const second = endsIn((story) => {
      revoke(story);
      story.refusedRefresh(CRM, 'revoked-by-user');
      story.message(CRM);
    });
    expect(second).toMatchObject([{ learntBy: 'refusal' }]);
  });

  const none: readonly (readonly [string, (story: Story) => void])[] = [
    [
      'when it was forged',
      (story) => {
        revoke(story);
        story.message(CRM, { forged: true });
      },
    ],
    [
      'when it was not taken',
      (story) => {
        revoke(story);
        for (const status of [null, 300, 401]) story.message(CRM, { status });
      },
    ],
    ['when nothing was revoked', (story) => story.message(CRM)],
    [
      'when that was revoked later',
      (story) => {
        story.message(CRM);
        revoke(story);
      },
    ],
    [
      'when another account is meant',
      (story) => {
        revoke(story);
        story.message(OTHER);
      },
    ],
    [
      'when the revocation takes no grant',
      (story) => {
        story.revoke(`${CRM}/at-1`, 'superseded');
        story.message(CRM);
      },
    ],
    [
      'that began after the revocation',
      (story) => {
        revoke(story);
        story.connect(CRM);
        story.message(CRM);
      },
    ],
  ];
  test.each(none)('not %s', (_title, tell) => {
    expect(endsIn(tell)).toEqual([]);
  });
});

test('a reconnection is a consent after the first that the broker took', () => {
  const story = grantStory();
  story.connect(CRM);
  story.connect(OTHER);
  story.connect(CRM, 500);
  story.later(100);
  const again = story.connect(CRM);
  expect(reconnections(story.ledger)).toEqual([{ account: CRM, seq: again, at: 100 }]);
});

test('news of an account are the true messages about it, taken or not', () => {
  const story = grantStory();
  const news = [story.message(CRM), story.message(CRM, { status: null })];
  story.message(OTHER);
  story.message(CRM, { forged: true });
  expect(newsOf(story.ledger, CRM)).toEqual(news);
});
