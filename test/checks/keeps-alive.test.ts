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

test('keeps-alive is inconclusive where no window fits into the run', () => {
  const story = grantStory(rotating({ refreshIdleMs: 900 * HOUR }));
  until(story, 5 * HOUR);
  expect(verdictOf(keepsAlive, story.ledger).verdict).toBe('inconclusive');
});
