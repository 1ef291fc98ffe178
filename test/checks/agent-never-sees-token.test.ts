// Secrets in what a broker answers.

import { describe, expect, test } from 'vitest';
import agentNeverSeesToken from '../../scenarios/checks/agent-never-sees-token.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { verdictOf } from './ledgers.ts';

const TOKEN = 'acme-crm/at-1';

describe('agent-never-sees-token fails', () => {
  test.each(['call', 'status', 'audit', 'connect'] as const)(
    'when the answer to %s holds a token',
    (operation) => {
      const { ledger, append, ask, at } = brokerStory();
      at(61_000);
      const { answer } = ask(operation);
      const leak = append({ kind: 'leak', party: 'broker-0', place: 'answer', token: TOKEN });
      const answered = answer(done());
      const judgement = verdictOf(agentNeverSeesToken, ledger);
      expect(judgement).toMatchObject({ verdict: 'fail', evidence: [leak.seq, answered], atMs: 61_000 });
      expect(judgement.message).toContain(`the answer to \`${operation}\``);
    },
  );

  test('when an event holds one', () => {
    const { ledger, append, ask } = brokerStory();
    ask('status').answer({ status: 'active' });
    const leak = append({ kind: 'leak', party: 'broker-0', place: 'event', token: 'crm/client-secret' });
    expect(verdictOf(agentNeverSeesToken, ledger)).toMatchObject({ evidence: [leak.seq] });
    append({ kind: 'event.received', party: 'broker-1', event: {}, via: 'http' });
    const event = append({ kind: 'event.received', party: 'broker-0', event: {}, via: 'http' });
    expect(verdictOf(agentNeverSeesToken, ledger)).toMatchObject({ evidence: [leak.seq, event.seq] });
  });

  test('and names whose account the answer was for, where it was for one', () => {
    for (const [operation, said] of [
      ['call', 'the answer to `call` for acme-crm held acme-crm/at-1.'],
      ['audit', 'the answer to `audit` held acme-crm/at-1.'],
    ] as const) {
      const { ledger, append, ask } = brokerStory();
      ask('token').answer({});
      const { answer } = ask(operation);
      append({ kind: 'leak', party: 'broker-0', place: 'answer', token: TOKEN });
      answer([]);
      expect(verdictOf(agentNeverSeesToken, ledger).message).toContain(said);
    }
  });
});

describe('agent-never-sees-token passes', () => {
  test('when a token is asked for and handed out, and when it leaks elsewhere', () => {
    const { ledger, append, ask } = brokerStory();
    const { answer } = ask('token');
    const other = ask('call', { party: 'broker-1' });
    append({ kind: 'leak', party: 'broker-0', place: 'stdout', token: TOKEN });
    append({ kind: 'leak', party: 'broker-0', place: 'answer', token: TOKEN });
    other.answer(done());
    answer({ accessToken: `[${TOKEN}]`, expiresAt: null });
    expect(verdictOf(agentNeverSeesToken, ledger)).toMatchObject({
      verdict: 'pass',
      message: '2 answers, none with a secret in it.',
    });
  });
});

test('agent-never-sees-token knows of a printed token only that no agent sees it', () => {
  const { ledger, append, ask } = brokerStory();
  append({ kind: 'leak', party: 'broker-0', place: 'stdout', token: TOKEN });
  ask('call').answer(done());
  append({ kind: 'leak', party: 'broker-0', place: 'answer', token: TOKEN });
  expect(verdictOf(agentNeverSeesToken, ledger).verdict).toBe('pass');
});

test('agent-never-sees-token is inconclusive where nothing was asked', () => {
  expect(verdictOf(agentNeverSeesToken, brokerStory().ledger).verdict).toBe('inconclusive');
});
