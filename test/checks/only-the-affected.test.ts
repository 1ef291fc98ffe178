// Whose day goes on.

import { describe, expect, test } from 'vitest';
import onlyTheAffected from '../../scenarios/checks/only-the-affected.ts';
import { broken, done } from './broker-ledgers.ts';
import { CRM, grantStory, OTHER, rotating } from './grant-ledgers.ts';
import { account, verdictOf } from './ledgers.ts';

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

test('only-the-affected says why it leaves agents alone', () => {
  expect(onlyTheAffected.notFor.agent).toContain('only the agent knows');
});

describe('a fault at the connections to a service', () => {
  const ELSEWHERE = 'acme-mail';

  /** Two accounts at the service whose name is not found, and one elsewhere. */
  function nameless() {
    const story = grantStory([...rotating(), account(ELSEWHERE, 'mail', {})]);
    story.append({ kind: 'fault.applied', party: 'world', fault: 'dns', exchange: null, service: 'crm' });
    return story;
  }

  test.each([CRM, OTHER])('affects each account there: %s', (id) => {
    const { ledger, ask } = nameless();
    ask(id, 'UPSTREAM_UNAVAILABLE');
    ask(ELSEWHERE);
    expect(verdictOf(onlyTheAffected, ledger)).toMatchObject({
      verdict: 'pass',
      message: '1 call to accounts that were not affected went on.',
    });
  });

  test('affects nobody elsewhere', () => {
    const { ledger, ask } = nameless();
    ask(ELSEWHERE, 'UPSTREAM_UNAVAILABLE');
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

  test('when the service itself refused what was sent for the call', () => {
    const { ledger, call, question } = oneIsRevoked();
    const aged = question(OTHER);
    call('expired', { account: OTHER });
    aged.answer(broken('CREDENTIALS_EXPIRED'));
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('pass');
    const bare = question(OTHER);
    call('no-token', { account: null, meantFor: OTHER });
    bare.answer(broken('CREDENTIALS_EXPIRED'));
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('pass');
  });

  test('when a call is still open', () => {
    const { ledger, question } = oneIsRevoked();
    question(OTHER);
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe('pass');
  });
});

describe('only-the-affected does not excuse a call that failed', () => {
  type Story = ReturnType<typeof oneIsRevoked>;
  test.each([
    [
      'a request that was refused before it',
      'before',
      (told: Story) => told.call('expired', { account: OTHER }),
    ],
    [
      'a request that was refused after it',
      'after',
      (told: Story) => told.call('expired', { account: OTHER }),
    ],
    ['a request that went well', 'during', (told: Story) => told.call('ok', { account: OTHER })],
    ['a request that is still open', 'during', (told: Story) => told.open({ account: OTHER })],
    ['another account’s', 'during', (told: Story) => told.call('expired', { account: CRM })],
  ])('by %s', (_what, place, happen) => {
    const told = oneIsRevoked();
    if (place === 'before') happen(told);
    const { sent, answer } = told.question(OTHER);
    if (place === 'during') happen(told);
    answer(broken('NO'));
    if (place === 'after') happen(told);
    expect(verdictOf(onlyTheAffected, told.ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [told.revoked, sent],
    });
  });
});

describe('only-the-affected says what became of the call', () => {
  test.each([
    ['failed (NO)', broken('NO'), 200, 1000],
    ['failed (status 500)', null, 500, 1000],
    ['was not answered within 30 s', done(), 200, 30_001],
  ])('%s', (how, said, status, tookMs) => {
    const { ledger, question, later } = oneIsRevoked();
    const { answer } = question(OTHER);
    later(tookMs);
    answer(said, status);
    expect(verdictOf(onlyTheAffected, ledger).message).toContain(how);
  });

  test('where the connection broke', () => {
    const { ledger, append } = oneIsRevoked();
    const common = { party: 'broker-0', operation: 'call', call: 'c-1', account: OTHER } as const;
    append({ kind: 'call.sent', ...common, method: 'GET', path: '/', body: null, agent: null, task: null });
    append({ kind: 'call.returned', ...common, status: null, result: null, failure: 'It hung up.' });
    expect(verdictOf(onlyTheAffected, ledger).message).toContain('failed (It hung up.)');
  });

  test.each([
    [30_000, 'pass'],
    [30_001, 'fail'],
  ])('where nothing was heard for %s ms', (ms, verdict) => {
    const { ledger, question, later, call } = oneIsRevoked();
    question(OTHER);
    later(ms);
    call('ok', { account: CRM, tookMs: 0 });
    expect(verdictOf(onlyTheAffected, ledger).verdict).toBe(verdict);
    const answered = oneIsRevoked();
    answered.ask(OTHER, null, { tookMs: ms });
    expect(verdictOf(onlyTheAffected, answered.ledger).verdict).toBe(verdict);
  });

  test('and who was met last before it', () => {
    const { ledger, revoke, ask, at } = grantStory([...rotating(), account('third', 'crm', {})]);
    at(1000);
    revoke(`${CRM}/rt-1`, 'revoked-by-user');
    at(2000);
    const met = revoke('third/rt-1', 'revoked-by-user');
    at(3000);
    const { sent } = ask(OTHER, 'NO');
    revoke(`${CRM}/rt-1`, 'idle');
    const judgement = verdictOf(onlyTheAffected, ledger);
    expect(judgement).toMatchObject({ evidence: [met, sent] });
    expect(judgement.message).toContain('only third was met');
  });
});

describe('only-the-affected takes an account for affected', () => {
  type Story = ReturnType<typeof grantStory>;
  const common = { party: 'world', service: 'crm', account: CRM } as const;
  const exchanged = (told: Story, account: string | null) =>
    told.open({ account, meantFor: CRM, endpoint: 'token', method: 'POST' }).common.exchange;
  test.each([
    ['its token was revoked', true, (told: Story) => told.revoke(`${CRM}/rt-1`, 'idle')],
    [
      'its token was pushed out',
      true,
      (told: Story) =>
        told.append({
          kind: 'token.evicted',
          ...common,
          token: `${CRM}/rt-1`,
          exchange: null,
          truth: 'evicted',
        }),
    ],
    ['somebody acted on it', true, (told: Story) => told.append({ kind: 'act', ...common, act: 'revoke' })],
    ['its refresh was refused for good', true, (told: Story) => told.refusedRefresh(CRM, 'idle')],
    ['its refresh was not let in', true, (told: Story) => told.refusedRefresh(CRM, 'rate-limited')],
    ['an answer to it was lost', true, (told: Story) => told.lose(told.open({ account: CRM }))],
    [
      'a fault met it',
      true,
      (told: Story) =>
        told.append({ kind: 'fault.applied', party: 'world', fault: 'slow', exchange: exchanged(told, CRM) }),
    ],
    [
      'a gate held what was meant for it',
      true,
      (told: Story) =>
        told.append({ kind: 'gate.held', party: 'world', gate: 'g', exchange: exchanged(told, null) }),
    ],
    ['a call to it was refused for its age', false, (told: Story) => told.call('expired', { account: CRM })],
    ['it was called', false, (told: Story) => told.call('ok', { account: CRM })],
    [
      'nobody knows whom a fault met',
      false,
      (told: Story) =>
        told.append({ kind: 'fault.applied', party: 'world', fault: 'slow', exchange: 'x-none' }),
    ],
  ])('once %s: %s', (_what, isAffected, happen) => {
    const told = grantStory();
    told.ask(OTHER, 'NO');
    happen(told);
    told.ask(CRM, 'NO');
    const judgement = verdictOf(onlyTheAffected, told.ledger);
    expect(judgement.message).toBe(
      isAffected
        ? 'While an account was affected no other one was called.'
        : 'No account was affected by anything.',
    );
    told.ask(OTHER, 'NO');
    expect(verdictOf(onlyTheAffected, told.ledger).verdict).toBe(isAffected ? 'fail' : 'inconclusive');
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
