// What follows a refresh whose answer never came.

import { describe, expect, test } from 'vitest';
import lostResponseHandled from '../../scenarios/checks/lost-response-handled.ts';
import { CRM, grantStory, rotating } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

function answerLost(graceMs = 0) {
  const story = grantStory(rotating({ graceMs }));
  const lost = story.refresh(CRM, { rotates: true, lost: true });
  return { ...story, lost };
}

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
    });
  });

  test('when a user is asked though the old token would have done', () => {
    const { ledger, signal, lost } = answerLost(10 * MINUTE);
    const asked = signal('reauth_required');
    expect(verdictOf(lostResponseHandled, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, asked],
    });
  });

  test('when nothing is done, and calls fail', () => {
    const { ledger, ask, later } = answerLost(10 * MINUTE);
    later(30 * MINUTE);
    ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(lostResponseHandled, ledger).message).toContain('never made good');
  });
});

describe('lost-response-handled passes', () => {
  test('when the same token is sent again inside the grace', () => {
    const { ledger, refresh } = answerLost(10 * MINUTE);
    refresh(CRM, { rotates: true });
    expect(verdictOf(lostResponseHandled, ledger).verdict).toBe('pass');
  });

  test('when a strict service refuses it once, and a user is asked', () => {
    const { ledger, refusedRefresh, signal, ask } = answerLost();
    refusedRefresh(CRM, 'rotated');
    signal('reauth_required');
    ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(lostResponseHandled, ledger).verdict).toBe('pass');
  });
});

test('lost-response-handled is inconclusive where every answer arrived', () => {
  const { ledger, refresh, refusedRefresh } = grantStory();
  refusedRefresh(CRM, 'fault');
  refresh(CRM, { rotates: true });
  expect(verdictOf(lostResponseHandled, ledger).verdict).toBe('inconclusive');
});
