// Somebody's own account on a build machine.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import personalKeptOutOfCi from '../../scenarios/checks/personal-kept-out-of-ci.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
import { account, MINUTE, verdictOf } from './ledgers.ts';

const ACCOUNTS = [
  account('acme-crm', 'crm', {}),
  account('jo-crm', 'crm', { tenant: 'jo', owner: 'personal' }),
];
const MINE = { account: 'jo-crm' };

function inCi(told = brokerStory(ACCOUNTS, { ci: true })) {
  told.at(MINUTE);
  return told;
}

/** Refused as it should be; then the owner leaves, and a call fails in these words. */
function gone(error: Json, rows: Json = [{ account: 'jo-crm' }]) {
  const told = inCi();
  told.ask('token', MINE).answer(broken('PERSONAL_IN_CI'));
  const act = told.append({
    kind: 'act',
    party: 'world',
    act: 'offboard',
    service: 'crm',
    account: 'jo-crm',
  });
  const returned = told.ask('call', MINE).answer(error);
  told.ask('audit').answer(rows);
  return { judgement: verdictOf(personalKeptOutOfCi, told.ledger), act: act.seq, returned };
}

describe('personal-kept-out-of-ci fails', () => {
  test.each([
    [{ accessToken: '[jo-crm/at-1]', expiresAt: null }, 'was handed out'],
    [broken('PERMISSION_DENIED'), 'was refused as PERMISSION_DENIED'],
    [null, 'was refused as something else'],
  ])('when the answer is %j', (said, why) => {
    const { ledger, ask } = inCi();
    const answered = ask('token', MINE).answer(said as Json);
    const judgement = verdictOf(personalKeptOutOfCi, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [answered], atMs: MINUTE });
    expect(judgement.message).toContain(why);
  });

  test('when the owner is gone and the error does not say whose account it was', () => {
    const { judgement, act, returned } = gone(broken('REAUTH_REQUIRED', 'A consent is needed.'));
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [act, returned] });
    expect(judgement.message).toContain('does not say whose account it was');
    const named = gone(broken('REAUTH_REQUIRED', 'jo needs to sign in.'));
    expect(named.judgement.verdict).toBe('fail');
  });

  test('when the owner is gone and the log does not hold the account', () => {
    const { judgement } = gone(broken('REAUTH_REQUIRED', 'jo-crm is over.'), [{ account: 'acme-crm' }]);
    expect(judgement.message).toContain('the request log does not hold the account');
  });
});

describe('personal-kept-out-of-ci passes', () => {
  test('when the token is refused, whatever becomes of a service’s own', () => {
    const { ledger, ask } = inCi();
    ask('token').answer({ accessToken: '[acme-crm/at-1]', expiresAt: null });
    ask('token', MINE).answer(broken('PERSONAL_IN_CI'));
    ask('token', MINE);
    ask('call', MINE).answer(done());
    expect(verdictOf(personalKeptOutOfCi, ledger)).toMatchObject({
      verdict: 'pass',
      message: '1 question for the token of a personal account, each refused with PERSONAL_IN_CI.',
    });
  });

  test('when error and log name the account and its owner after the owner is gone', () => {
    expect(gone(broken('REAUTH_REQUIRED', 'jo-crm is over.')).judgement.verdict).toBe('pass');
    expect(gone(broken('UPSTREAM_UNAVAILABLE', 'Later.')).judgement.verdict).toBe('pass');
    expect(gone(broken('REAUTH_REQUIRED', 'jo-crm is over.'), null).judgement.verdict).toBe('pass');
  });

  test('when the name of the owner is not part of the id', () => {
    const told = inCi(
      brokerStory([account('crm-7', 'crm', { tenant: 'jo', owner: 'personal' })], { ci: true }),
    );
    told.ask('token', { account: 'crm-7' }).answer(broken('PERSONAL_IN_CI'));
    told.append({ kind: 'act', party: 'world', act: 'delete-account', service: 'crm', account: 'crm-7' });
    const judged = (message: string) => {
      told.ask('call', { account: 'crm-7' }).answer(broken('REAUTH_REQUIRED', message));
      return verdictOf(personalKeptOutOfCi, told.ledger).verdict;
    };
    expect(judged('crm-7, owned by jo, is over.')).toBe('pass');
    expect(judged('The personal account crm-7 is over.')).toBe('pass');
    expect(judged('crm-7 is over.')).toBe('fail');
  });
});

describe('personal-kept-out-of-ci does not judge', () => {
  test('runs outside of builds, and builds without personal accounts', () => {
    const outside = brokerStory(ACCOUNTS);
    outside.ask('token', MINE).answer({ accessToken: '[jo-crm/at-1]' });
    expect(verdictOf(personalKeptOutOfCi, outside.ledger).verdict).toBe('inconclusive');
    const without = brokerStory(undefined, { ci: true });
    without.ask('token').answer({ accessToken: '[acme-crm/at-1]' });
    expect(verdictOf(personalKeptOutOfCi, without.ledger).verdict).toBe('inconclusive');
  });

  test('brokers that hand no tokens out', () => {
    const { ledger, ask } = inCi();
    ask('token', MINE).answer(null, 501);
    expect(verdictOf(personalKeptOutOfCi, ledger).verdict).toBe('not-applicable');
  });
});

describe('personal-kept-out-of-ci asks of an error that it names the owner', () => {
  const MUTE = broken('REAUTH_REQUIRED', 'A consent is needed.');
  type Told = ReturnType<typeof inCi>;
  const leaves = (told: Told, act = 'offboard', id = 'jo-crm') =>
    told.append({ kind: 'act', party: 'world', act, service: 'crm', account: id });
  const judged = (happen: (told: Told) => void, rows: Json = [{ account: 'jo-crm' }]) => {
    const told = inCi();
    told.ask('token', MINE).answer(broken('PERSONAL_IN_CI'));
    happen(told);
    told.ask('audit').answer(rows);
    return verdictOf(personalKeptOutOfCi, told.ledger).verdict;
  };

  test.each(['REAUTH_REQUIRED', 'PERMISSION_DENIED', 'CREDENTIALS_EXPIRED'])('that says %s', (code) => {
    expect(gone(broken(code, 'No.')).judgement.verdict).toBe('fail');
  });

  test.each<[string, string, (told: Told) => void]>([
    [
      'where the owner’s account was deleted',
      'fail',
      (told) => {
        leaves(told, 'delete-account');
        told.ask('call', MINE).answer(MUTE);
      },
    ],
    [
      'where nobody had left',
      'pass',
      (told) => {
        leaves(told, 'revoke');
        told.ask('call', MINE).answer(MUTE);
      },
    ],
    [
      'of a call that came before',
      'pass',
      (told) => {
        told.ask('call', MINE).answer(MUTE);
        leaves(told);
      },
    ],
    [
      'of a call for another account',
      'pass',
      (told) => {
        leaves(told);
        told.ask('call').answer(MUTE);
      },
    ],
    [
      'where a service’s own account is gone',
      'pass',
      (told) => {
        leaves(told, 'offboard', 'acme-crm');
        told.ask('call').answer(MUTE);
      },
    ],
    [
      'that did not come',
      'pass',
      (told) => {
        leaves(told);
        told.ask('call', MINE).answer(done());
        told.ask('call', MINE);
      },
    ],
  ])('%s: %s', (_when, verdict, happen) => {
    expect(judged(happen)).toBe(verdict);
  });

  test('where the log holds other accounts, too', () => {
    const rows = [{ account: 'acme-crm' }, { account: 'jo-crm' }];
    expect(judged((told) => leaves(told), rows)).toBe('pass');
    expect(judged((told) => leaves(told), [])).toBe('fail');
  });

  test('by other words than its id', () => {
    const told = inCi(
      brokerStory([account('personal-crm', 'crm', { tenant: 'jo', owner: 'personal' })], { ci: true }),
    );
    told.ask('token', { account: 'personal-crm' }).answer(broken('PERSONAL_IN_CI'));
    leaves(told, 'offboard', 'personal-crm');
    told.ask('call', { account: 'personal-crm' }).answer(broken('REAUTH_REQUIRED', 'personal-crm is over.'));
    expect(verdictOf(personalKeptOutOfCi, told.ledger).verdict).toBe('fail');
  });
});
