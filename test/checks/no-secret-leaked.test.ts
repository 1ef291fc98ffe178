// Secrets outside the one place for them.

import { describe, expect, test } from 'vitest';
import noSecretLeaked from '../../scenarios/checks/no-secret-leaked.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { story, verdictOf } from './ledgers.ts';

const TOKEN = 'acme-hubspot/at-1';

describe('no-secret-leaked fails', () => {
  test('when a token is printed, sent in an event, or put into a URL or a body', () => {
    for (const place of ['stdout', 'stderr', 'event', 'url', 'body', 'file']) {
      const { ledger, append, call, at } = story();
      at(61_000);
      const leak = append({ kind: 'leak', party: 'agent', place, token: TOKEN });
      call('ok');
      const judgement = verdictOf(noSecretLeaked, ledger);
      expect(judgement).toMatchObject({ verdict: 'fail', evidence: [leak.seq], atMs: 61_000 });
      expect(judgement.message).toContain('00:01:01');
    }
  });

  test('when a token is revoked or introspected at a service that is not its own', () => {
    const { ledger, append, call } = story();
    append({ kind: 'leak', party: 'agent', place: 'body', token: TOKEN });
    call('ok', { account: 'acme-salesforce', route: 'introspect' });
    expect(verdictOf(noSecretLeaked, ledger).verdict).toBe('fail');
  });
});

test('no-secret-leaked judges the answers of brokers only where another tenant is told', () => {
  const own = brokerStory();
  const { answer } = own.ask('token');
  own.append({ kind: 'leak', party: 'broker-0', place: 'answer', token: 'acme-crm/at-1' });
  answer({ accessToken: '[acme-crm/at-1]' });
  expect(verdictOf(noSecretLeaked, own.ledger).verdict).toBe('pass');
  const other = brokerStory();
  const asked = other.ask('call', { account: 'globex-crm' });
  const leak = other.append({ kind: 'leak', party: 'broker-0', place: 'answer', token: 'acme-crm/at-1' });
  asked.answer(done());
  const judgement = verdictOf(noSecretLeaked, other.ledger);
  expect(judgement).toMatchObject({ verdict: 'fail', evidence: [leak.seq] });
  expect(judgement.message).toContain('in the answer to a call for another tenant');
});

describe('no-secret-leaked passes', () => {
  test('when nothing leaked', () => {
    const { ledger, call } = story();
    call('ok');
    expect(verdictOf(noSecretLeaked, ledger).verdict).toBe('pass');
  });

  test('when a token goes to its own service’s endpoints for tokens', () => {
    const { ledger, append, call } = story();
    append({ kind: 'leak', party: 'agent', place: 'body', token: TOKEN });
    call('ok', { route: 'introspect' });
    append({ kind: 'leak', party: 'agent', place: 'url', token: TOKEN });
    call('ok', { route: 'access-tokens.read' });
    expect(verdictOf(noSecretLeaked, ledger).verdict).toBe('pass');
  });
});
