// Secrets outside the one place for them.

import { describe, expect, test } from 'vitest';
import noSecretLeaked from '../../scenarios/checks/no-secret-leaked.ts';
import { brokerStory, done, TWO_TENANTS } from './broker-ledgers.ts';
import { account, story, verdictOf } from './ledgers.ts';

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

describe('no-secret-leaked judges an answer that holds a token', () => {
  type Way = readonly [
    title: string,
    verdict: 'pass' | 'fail',
    tell: (told: ReturnType<typeof brokerStory>) => void,
  ];
  const leakIn = (told: ReturnType<typeof brokerStory>, token = 'acme-crm/at-1') =>
    told.append({ kind: 'leak', party: 'broker-0', place: 'answer', token });
  const ways: readonly Way[] = [
    [
      'of another account of the same tenant',
      'pass',
      (told) => {
        const asked = told.ask('call', { account: 'acme-mail' });
        leakIn(told);
        asked.answer(done());
      },
    ],
    [
      'of the account itself, after an answer to somebody else',
      'pass',
      (told) => {
        const asked = told.ask('call');
        told.ask('call', { account: 'globex-crm' }).answer(done());
        leakIn(told);
        asked.answer(done());
      },
    ],
    [
      'to another tenant, while another replica answers',
      'fail',
      (told) => {
        const asked = told.ask('call', { account: 'globex-crm' });
        const other = told.ask('call', { party: 'broker-1' });
        leakIn(told);
        other.answer(done());
        asked.answer(done());
      },
    ],
    [
      'to a question about no account',
      'pass',
      (told) => {
        const asked = told.ask('audit');
        leakIn(told);
        asked.answer([]);
      },
    ],
    [
      'of an account that nobody knows',
      'pass',
      (told) => {
        const asked = told.ask('call');
        leakIn(told, 'nobody/at-1');
        asked.answer(done());
      },
    ],
    ['that is never recorded', 'pass', leakIn],
  ];
  test.each(ways)('%s: %s', (_title, verdict, tell) => {
    const accounts = [...TWO_TENANTS, account('acme-mail', 'mail', {})];
    const told = brokerStory(accounts);
    tell(told);
    expect(verdictOf(noSecretLeaked, told.ledger).verdict).toBe(verdict);
  });
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

  test('to the endpoint for tokens itself', () => {
    const { ledger, append, open } = story();
    append({ kind: 'leak', party: 'agent', place: 'body', token: TOKEN });
    open({ endpoint: 'token', method: 'POST' });
    expect(verdictOf(noSecretLeaked, ledger).verdict).toBe('pass');
  });
});

describe('no-secret-leaked fails on a token in a request', () => {
  const leak = { kind: 'leak', party: 'agent', place: 'body', token: TOKEN } as const;
  const ways: readonly (readonly [string, (told: ReturnType<typeof story>) => void])[] = [
    [
      'for a token, in its URL',
      (told) => {
        told.append({ ...leak, place: 'url' });
        told.open({ endpoint: 'token', method: 'POST' });
      },
    ],
    [
      'that is for a resource',
      (told) => {
        told.append(leak);
        told.call('ok');
      },
    ],
    [
      'that was recorded later',
      (told) => {
        told.append(leak);
        told.later(1);
        told.call('ok', { route: 'introspect' });
      },
    ],
    ['that was not recorded', (told) => void told.append(leak)],
    [
      'after one that was the right place for it',
      (told) => {
        told.open({ route: 'introspect' });
        told.append(leak);
        told.open({});
      },
    ],
    [
      'of a service at which the account is another',
      (told) => {
        told.append({ ...leak, token: 'acme-rotor/at-1' });
        told.call('ok', { route: 'introspect' });
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const told = story();
    tell(told);
    expect(verdictOf(noSecretLeaked, told.ledger).verdict).toBe('fail');
  });

  test('whose place is named', () => {
    for (const [place, said] of [
      ['stdout', 'the subject’s stdout'],
      ['url', 'the URL of a request'],
      ['elsewhere', 'elsewhere'],
    ] as const) {
      const { ledger, append } = story();
      append({ ...leak, place });
      expect(verdictOf(noSecretLeaked, ledger).message).toContain(`in ${said} at`);
    }
  });

  test('and on one that is printed, whatever request comes next', () => {
    const { ledger, append, call } = story();
    append({ ...leak, place: 'stdout' });
    append({ ...leak, place: 'file' });
    call('ok', { route: 'introspect' });
    expect(verdictOf(noSecretLeaked, ledger)).toMatchObject({ evidence: [1, 2] });
  });
});
