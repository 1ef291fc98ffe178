// Refresh tokens that nobody uses.

import { describe, expect, test } from 'vitest';
import keepsAlive from '../../scenarios/checks/keeps-alive.ts';
import { CRM, grantStory, OTHER, rotating } from './grant-ledgers.ts';
import { HOUR, verdictOf } from './ledgers.ts';

const idle = (knobs: object = {}) => grantStory(rotating({ refreshIdleMs: 2 * HOUR, ...knobs }).slice(0, 1));

function until(story: ReturnType<typeof grantStory>, ms: number) {
  story.at(ms);
  story.ask(OTHER);
}

describe('keeps-alive fails', () => {
  test('when a token is not used for longer than its window', () => {
    const story = idle();
    until(story, 5 * HOUR);
    expect(verdictOf(keepsAlive, story.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [1],
      atMs: 2 * HOUR,
    });
  });

  test('when the next use comes too late', () => {
    const story = idle({ rotates: false });
    story.at(HOUR);
    story.refresh(CRM);
    story.at(4 * HOUR);
    story.refusedRefresh(CRM, 'idle');
    expect(verdictOf(keepsAlive, story.ledger)).toMatchObject({ verdict: 'fail', atMs: 3 * HOUR + 25 });
  });
});

describe('keeps-alive passes', () => {
  test('when each successor is used in time', () => {
    const story = idle();
    story.at(HOUR);
    story.refresh(CRM, { rotates: true });
    story.at(2.5 * HOUR);
    story.refresh(CRM, { rotates: true, token: `${CRM}/rt-2` });
    until(story, 4 * HOUR);
    expect(verdictOf(keepsAlive, story.ledger).verdict).toBe('pass');
  });

  test('when the grant was ended before', () => {
    const story = idle();
    story.at(HOUR);
    story.revoke(`${CRM}/rt-1`, 'revoked-by-user');
    until(story, 5 * HOUR);
    expect(verdictOf(keepsAlive, story.ledger).verdict).toBe('pass');
  });
});

describe('keeps-alive', () => {
  type Way = readonly [
    title: string,
    verdict: 'pass' | 'fail' | 'inconclusive',
    tell: (story: ReturnType<typeof grantStory>) => void,
  ];
  const ways: readonly Way[] = [
    [
      'is inconclusive when the run ends with the window',
      'inconclusive',
      (story) => until(story, 2 * HOUR - 50),
    ],
    [
      'passes when the token is used at the end of its window',
      'pass',
      (story) => {
        story.at(2 * HOUR - 25);
        story.refresh(CRM);
        until(story, 4 * HOUR - 50);
      },
    ],
    [
      'counts from the last use, and from no other token’s',
      'fail',
      (story) => {
        story.at(HOUR);
        story.refresh(CRM);
        story.at(2.5 * HOUR);
        story.refresh(CRM, { token: `${CRM}/rt-9` });
        until(story, 3.5 * HOUR);
      },
    ],
    [
      'does not miss a successor that nobody received',
      'pass',
      (story) => {
        story.at(HOUR);
        story.refresh(CRM, { rotates: true, lost: true });
        until(story, 5 * HOUR);
      },
    ],
    [
      'misses one that was received',
      'fail',
      (story) => {
        story.at(HOUR);
        story.refresh(CRM, { rotates: true });
        until(story, 5 * HOUR);
      },
    ],
    [
      'passes when a new consent took its place in time',
      'pass',
      (story) => {
        story.at(1.5 * HOUR);
        story.mint(CRM, 'refresh', null);
        until(story, 3 * HOUR);
      },
    ],
    [
      'fails when only a new access token did',
      'fail',
      (story) => {
        story.at(1.5 * HOUR);
        story.mint(CRM, 'access', HOUR);
        until(story, 3 * HOUR);
      },
    ],
    [
      'fails when another account had a new consent',
      'fail',
      (story) => {
        story.at(1.5 * HOUR);
        story.mint(OTHER, 'refresh', null);
        until(story, 3 * HOUR);
      },
    ],
    [
      'passes when the service put it out for a newer one',
      'pass',
      (story) => {
        story.at(HOUR);
        const common = { party: 'world', service: 'crm', account: CRM, token: `${CRM}/rt-1`, exchange: null };
        story.append({ kind: 'token.evicted', ...common, truth: 'evicted' });
        until(story, 5 * HOUR);
      },
    ],
    [
      'fails when another token of it was revoked',
      'fail',
      (story) => {
        story.at(HOUR);
        story.revoke(`${CRM}/at-1`, 'revoked-by-user');
        until(story, 5 * HOUR);
      },
    ],
    [
      'does not count what comes after the end of the story',
      'pass',
      (story) => {
        story.at(1.5 * HOUR);
        story.refresh(CRM);
        story.at(3.4 * HOUR);
        story.refresh(CRM);
        story.at(5 * HOUR);
        story.refresh(CRM);
        until(story, 8 * HOUR);
      },
    ],
  ];
  test.each(ways)('%s', (_title, verdict, tell) => {
    const story = idle();
    tell(story);
    expect(verdictOf(keepsAlive, story.ledger).verdict).toBe(verdict);
  });

  test('holds nobody to a window that its service has not', () => {
    const accounts = [...rotating().slice(0, 1), ...rotating({ refreshIdleMs: 2 * HOUR }).slice(1)];
    const story = grantStory(accounts);
    until(story, 5 * HOUR);
    expect(verdictOf(keepsAlive, story.ledger)).toMatchObject({ verdict: 'fail', evidence: [3] });
  });
});

test('keeps-alive is inconclusive where no window fits into the run', () => {
  const story = grantStory(rotating({ refreshIdleMs: 900 * HOUR }));
  until(story, 5 * HOUR);
  expect(verdictOf(keepsAlive, story.ledger).verdict).toBe('inconclusive');
});
