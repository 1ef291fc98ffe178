// What a broker is asked, and what of it got no answer that can be read.

import { describe, expect, test } from 'vitest';
import { accountCalls, failedCall, wasHeard } from '../../scenarios/checks/account-calls.ts';
import { brokenAnswers, brokerCalls } from '../../scenarios/checks/broker-calls.ts';
import { presenceOf } from '../../scenarios/checks/presence.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';

test('questions come in the order of their asking, each with its own answer, if it got one', () => {
  const { ledger, ask } = brokerStory();
  const first = ask('call');
  const second = ask('audit');
  const third = ask('connect');
  third.answer(null, 204);
  const answered = first.answer(done());
  const calls = brokerCalls(ledger).map(({ sent, returned }) => [sent.seq, returned?.seq]);
  expect(calls).toEqual([
    [first.sent, answered],
    [second.sent, undefined],
    [third.sent, third.sent + 1],
  ]);
});

describe('an answer is broken', () => {
  test('that never came, or cannot be read', () => {
    const { ledger, ask, later } = brokerStory();
    ask('call').answer(done());
    ask('call');
    later(100);
    const call = ask('call', { path: '/v1/items' });
    const failed = call.answer(null, null, 'The connection was closed.');
    const audit = ask('audit');
    audit.answer(null, 200, 'It was no JSON.');
    const [first, second, ...more] = brokenAnswers(ledger);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ atMs: 100, evidence: [call.sent, failed] });
    expect(first?.message).toMatch(
      /asked for `call GET \/v1\/items` for acme-crm\. The connection was closed\./,
    );
    expect(second?.message).toMatch(/asked for `audit`\. It was no JSON\./);
  });

  test('not where the replica was hit meanwhile', () => {
    const { ledger, ask, append } = brokerStory();
    const call = ask('call');
    append({ kind: 'process.killed', party: 'broker-0', reason: 'It was hit.' });
    call.answer(null, null, 'The connection was closed.');
    expect(brokenAnswers(ledger)).toEqual([]);
  });
});

describe('a call for an account', () => {
  const outcomes: readonly (readonly [
    string,
    Parameters<ReturnType<ReturnType<typeof brokerStory>['ask']>['answer']>,
    boolean,
    string | null,
  ])[] = [
    ['is done when it says so', [done()], true, null],
    ['is done whatever success it is', [null, 299], true, null],
    ['is not when it says what is wrong', [broken('REAUTH_REQUIRED')], false, 'REAUTH_REQUIRED'],
    ['is not when its status says so', [done(), 300], false, null],
    ['is not when there is no status', [null, null], false, null],
  ];
  test.each(outcomes)('%s', (_title, answer, ok, code) => {
    const { ledger, ask } = brokerStory();
    ask('call').answer(...answer);
    expect(accountCalls(ledger)).toMatchObject([{ account: 'acme-crm', ok, code }]);
  });

  test('is none when it is for nobody, or of another kind', () => {
    const { ledger, ask } = brokerStory();
    ask('audit').answer([]);
    ask('connect').answer(null, 204);
    expect(accountCalls(ledger)).toEqual([]);
    expect(accountCalls(ledger, 'audit')).toEqual([]);
    expect(accountCalls(ledger, 'connect')).toHaveLength(1);
  });

  test('has failed when it was answered and not done', () => {
    const { ledger, ask } = grantStory();
    const before = ask(CRM, 'UPSTREAM_UNAVAILABLE');
    ask(OTHER, 'UPSTREAM_UNAVAILABLE');
    ask(CRM);
    ask(CRM, null, { hangs: true });
    expect(failedCall(ledger, CRM, { seq: before.returned })).toBe(undefined);
    const failed = ask(CRM, 'UPSTREAM_UNAVAILABLE');
    expect(failedCall(ledger, CRM, { seq: before.sent })?.sent.seq).toBe(failed.sent);
    expect(failedCall(ledger, CRM, { seq: before.sent - 1 })?.sent.seq).toBe(before.sent);
  });

  test('was heard when its replica was there all the while', () => {
    const { ledger, ask, later, pause, resume } = grantStory();
    ask();
    later(1);
    pause();
    later(100);
    resume();
    later(1);
    ask();
    pause();
    ask(CRM, null, { hangs: true });
    later(1);
    const heard = () => accountCalls(ledger).map((call) => wasHeard(call, presenceOf(ledger)));
    expect(heard()).toEqual([true, false, false]);
  });
});
