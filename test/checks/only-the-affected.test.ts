// Whose day goes on.

import { describe, expect, test } from 'vitest';
import onlyTheAffected from '../../scenarios/checks/only-the-affected.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { verdictOf } from './ledgers.ts';

function oneIsRevoked() {
  const story = grantStory();
  const revoked = story.revoke(`${CRM}/rt-1`, 'revoked-by-user');
  story.later(100);
  return { ...story, revoked };
}

describe('only-the-affected fails', () => {
  test('when a call to another account is refused by the broker', () => {
    const { ledger, ask, revoked } = oneIsRevoked();
    const call = ask(OTHER, 'REAUTH_REQUIRED');
    expect(verdictOf(onlyTheAffected, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [revoked, call.sent],
      atMs: 100,
    });
  });

  test('when it hangs', () => {
    const { ledger, ask } = oneIsRevoked();
    ask(OTHER, null, { tookMs: 40_000 });
    expect(verdictOf(onlyTheAffected, ledger).message).toContain('not answered within');
  });

  test('when a fault at one account stops the others', () => {
    const { ledger, open, append, ask } = grantStory();
    const { common } = open({ account: CRM, endpoint: 'token', method: 'POST', token: `${CRM}/rt-1` });
    append({ kind: 'fault.applied', party: 'broker-0', fault: 'slow', exchange: common.exchange });
    ask(OTHER, 'UPSTREAM_UNAVAILABLE');
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('fail');
  });
});

describe('only-the-affected passes', () => {
  test('when the others go on, and only the affected account is refused', () => {
    const { ledger, ask } = oneIsRevoked();
    ask(CRM, 'REAUTH_REQUIRED');
    ask(OTHER);
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('pass');
  });

  test('when the service itself refused the other call', () => {
    const story = oneIsRevoked();
    const asked = story.ask;
    const call = story.open({ account: OTHER });
    story.answer(call, 'not-found', { status: 404 });
    asked(OTHER);
    expect(verdictOf(onlyTheAffected, story.ledger).verdict).toBe('inconclusive');
  });
});

describe('only-the-affected is inconclusive', () => {
  test('when nobody was affected', () => {
    const { ledger, ask } = grantStory();
    ask(OTHER);
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('inconclusive');
  });

  test('when nobody else was called', () => {
    const { ledger, ask } = oneIsRevoked();
    ask(CRM, 'REAUTH_REQUIRED');
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('inconclusive');
  });
});
