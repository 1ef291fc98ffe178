// What becomes of a lock whose holder is dead.

import { describe, expect, test } from 'vitest';
import lockIsFreed from '../../scenarios/checks/lock-is-freed.ts';
import { CRM, grantStory } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

function holderDies() {
  const story = grantStory();
  const held = story.slowRefresh(CRM);
  story.later(500);
  const killed = story.kill();
  story.lose(held, 'fault');
  return { ...story, held, killed };
}

describe('lock-is-freed fails', () => {
  test('when nobody takes over, and calls fail', () => {
    const { ledger, ask, held, killed } = holderDies();
    const failed = ask(CRM, 'UPSTREAM_UNAVAILABLE', { party: 'broker-1', tookMs: 3 * MINUTE });
    expect(verdictOf(lockIsFreed, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [held.opened, killed, failed.sent].sort((a, b) => a - b),
      atMs: 500,
    });
  });

  test('when somebody takes over much too late', () => {
    const { ledger, ask, refresh, later } = holderDies();
    ask(CRM, 'UPSTREAM_UNAVAILABLE', { party: 'broker-1' });
    later(20 * MINUTE);
    refresh(CRM);
    expect(verdictOf(lockIsFreed, ledger).verdict).toBe('fail');
  });

  test('when a call hangs for ever', () => {
    const { ledger, append, later, call } = holderDies();
    append({
      kind: 'call.sent',
      party: 'broker-1',
      operation: 'call',
      call: 'c-9',
      account: CRM,
      method: 'GET',
      path: '/v1/items',
      body: null,
      agent: null,
      task: null,
    });
    later(10 * MINUTE);
    call('ok', { account: 'globex-crm' });
    expect(verdictOf(lockIsFreed, ledger).verdict).toBe('fail');
  });
});

describe('lock-is-freed passes', () => {
  test('when another takes over within the bound', () => {
    const { ledger, ask, refresh, later } = holderDies();
    ask(CRM, 'UPSTREAM_UNAVAILABLE', { party: 'broker-1' });
    later(MINUTE);
    refresh(CRM);
    expect(verdictOf(lockIsFreed, ledger).verdict).toBe('pass');
  });
});

describe('lock-is-freed is inconclusive', () => {
  test('when nobody died in a refresh', () => {
    const { ledger, refresh, kill } = grantStory();
    refresh(CRM);
    kill();
    expect(verdictOf(lockIsFreed, ledger).verdict).toBe('inconclusive');
  });

  test('when all calls are answered without a refresh', () => {
    const { ledger, ask } = holderDies();
    ask(CRM, null, { party: 'broker-1' });
    expect(verdictOf(lockIsFreed, ledger).verdict).toBe('inconclusive');
  });
});
