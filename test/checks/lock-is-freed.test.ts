// What becomes of a lock whose holder is dead.

import { describe, expect, test } from 'vitest';
import lockIsFreed from '../../scenarios/checks/lock-is-freed.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

type Story = ReturnType<typeof grantStory>;

/** The holder dies after half a second, and its exchange with it. */
function holderDies() {
  const story = grantStory();
  const held = story.slowRefresh(CRM);
  story.later(500);
  const killed = story.kill();
  story.lose(held, 'fault');
  return { ...story, held, killed };
}

/** A call to the other replica, which fails. */
const fails = ({ ask }: Pick<Story, 'ask'>, id = CRM) =>
  ask(id, 'UPSTREAM_UNAVAILABLE', { party: 'broker-1' });

describe('lock-is-freed fails', () => {
  test('when nobody takes over, and calls fail', () => {
    const { ledger, ask, held, killed } = holderDies();
    const failed = ask(CRM, 'UPSTREAM_UNAVAILABLE', { party: 'broker-1', tookMs: 3 * MINUTE });
    const judgement = verdictOf(lockIsFreed, ledger);
    expect(judgement).toMatchObject({
      verdict: 'fail',
      evidence: [held.opened, killed, failed.sent].sort((a, b) => a - b),
      atMs: 500,
    });
    expect(judgement.message).toContain('by 00:02:00 nobody had taken over');
  });

  const ways: readonly (readonly [string, (story: ReturnType<typeof holderDies>) => void])[] = [
    [
      'when somebody takes over much too late',
      (story) => {
        fails(story);
        story.later(20 * MINUTE);
        story.refresh(CRM);
      },
    ],
    [
      'when a call hangs for ever',
      (story) => {
        story.ask(CRM, null, { party: 'broker-1', hangs: true });
        story.later(10 * MINUTE);
        story.ask(OTHER);
      },
    ],
    [
      'when another account alone is refreshed',
      (story) => {
        fails(story);
        story.refresh(OTHER);
        story.later(2 * MINUTE);
        fails(story);
      },
    ],
    [
      'when a call fails that is asked after the bound',
      (story) => {
        story.ask(CRM, null, { party: 'broker-1' });
        story.later(3 * MINUTE);
        fails(story);
      },
    ],
    [
      'at the very moment of the bound',
      (story) => {
        fails(story);
        story.at(500 + 2 * MINUTE);
        story.ask(OTHER, null, { party: 'broker-1', tookMs: 0 });
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const story = holderDies();
    tell(story);
    expect(verdictOf(lockIsFreed, story.ledger).verdict).toBe('fail');
  });
});

describe('lock-is-freed passes', () => {
  const ways: readonly (readonly [string, (story: ReturnType<typeof holderDies>) => void])[] = [
    [
      'when another takes over within the bound',
      (story) => {
        fails(story);
        story.later(MINUTE);
        story.refresh(CRM);
      },
    ],
    [
      'when another takes over at the end of the bound',
      (story) => {
        fails(story);
        story.at(500 + 2 * MINUTE);
        story.refresh(CRM);
      },
    ],
    ['when another takes over before anybody calls', (story) => story.refresh(CRM)],
    [
      'when it dies once more, and another takes over from both',
      (story) => {
        story.start();
        const again = story.slowRefresh(CRM);
        story.kill();
        story.lose(again, 'fault');
        story.refresh(CRM);
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const story = holderDies();
    tell(story);
    const judgement = verdictOf(lockIsFreed, story.ledger);
    expect(judgement.verdict).toBe('pass');
  });
});

describe('lock-is-freed knows a death in a refresh', () => {
  const ways: readonly (readonly [string, boolean, (story: Story) => void])[] = [
    [
      'by an exit',
      true,
      (story) => {
        story.slowRefresh(CRM);
        story.exit();
      },
    ],
    [
      'whose exchange never ends',
      true,
      (story) => {
        story.slowRefresh(CRM);
        story.kill();
      },
    ],
    [
      'whose exchange was lost a moment before the record of its end',
      true,
      (story) => {
        const held = story.slowRefresh(CRM);
        story.later(500);
        story.lose(held, 'fault');
        story.kill();
      },
    ],
    [
      'from one long after its answer was lost',
      false,
      (story) => {
        story.lose(story.slowRefresh(CRM), 'fault');
        story.later(500);
        story.kill();
      },
    ],
    [
      'from one at the moment of its answer',
      false,
      (story) => {
        story.slowRefresh(CRM).finish();
        story.kill();
      },
    ],
    [
      'from one before the refresh',
      false,
      (story) => {
        story.kill();
        story.start();
        story.slowRefresh(CRM);
      },
    ],
    [
      'from that of another process',
      false,
      (story) => {
        story.slowRefresh(CRM);
        story.kill('broker-1');
        story.start('broker-1');
      },
    ],
  ];
  test.each(ways)('%s: %s', (_title, isDeath, tell) => {
    const story = grantStory();
    tell(story);
    story.later(MINUTE);
    fails(story);
    story.later(2 * MINUTE);
    fails(story);
    expect(verdictOf(lockIsFreed, story.ledger).verdict).toBe(isDeath ? 'fail' : 'inconclusive');
  });
});

describe('lock-is-freed is inconclusive', () => {
  test('when nobody died in a refresh', () => {
    const { ledger, refresh, kill } = grantStory();
    refresh(CRM);
    kill();
    const judgement = verdictOf(lockIsFreed, ledger);
    expect(judgement).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('No process died'),
    });
  });

  const ways: readonly (readonly [string, (story: ReturnType<typeof holderDies>) => void])[] = [
    [
      'when all calls are answered without a refresh',
      (story) => {
        story.ask(CRM, null, { party: 'broker-1' });
        story.later(5 * MINUTE);
        story.ask(CRM, null, { party: 'broker-1' });
      },
    ],
    ['when nobody calls', (story) => story.later(5 * MINUTE)],
    [
      'when calls to another account fail',
      (story) => {
        fails(story, OTHER);
        story.later(5 * MINUTE);
        fails(story, OTHER);
      },
    ],
    ['when the run ends before the bound', (story) => fails(story)],
    [
      'when who is called is the dead one',
      (story) => {
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
        story.later(5 * MINUTE);
        story.ask(CRM, 'UPSTREAM_UNAVAILABLE');
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const story = holderDies();
    tell(story);
    expect(verdictOf(lockIsFreed, story.ledger)).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('no refresh of its account was needed'),
    });
  });

  test('when the calls that failed were of before', () => {
    const story = grantStory();
    const held = story.slowRefresh(CRM);
    story.ask(CRM, 'UPSTREAM_UNAVAILABLE', { party: 'broker-1', tookMs: 5 * MINUTE });
    story.kill();
    story.lose(held, 'fault');
    story.later(5 * MINUTE);
    story.ask(CRM, null, { party: 'broker-1' });
    expect(verdictOf(lockIsFreed, story.ledger).verdict).toBe('inconclusive');
  });
});
