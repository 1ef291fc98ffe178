// When an account was given up: by a broker's failed call, or by an agent's last word.

import { describe, expect, test } from 'vitest';
import type { Claim } from '../../harness/entry.ts';
import { givenUpAfter } from '../../scenarios/checks/given-up.ts';
import { CRM, grantStory } from './grant-ledgers.ts';
import { MINUTE, runOf, story } from './ledgers.ts';

const HUBSPOT = 'acme-hubspot';
const OVER_AT = 30 * MINUTE;
const NAMED: Claim = { status: 'partial', skipped: [{ account: HUBSPOT, reason: 'no answer' }] };

/** What the twin wrote a while after the access token was over. */
function twin(atMs = OVER_AT + 10 * MINUTE) {
  const told = story();
  // It takes the row 25 ms to get there.
  told.at(atMs - 25);
  told.row({ id: '7001' });
  return told.ledger;
}

/** An agent whose access token is over after half an hour, and what it says after an hour. */
function agentSaying(claim: Claim, how: 'expires' | 'is revoked' | 'lives' = 'expires') {
  const told = story();
  told.mint(HUBSPOT, 'access', 10 * MINUTE);
  const token = told.mint(HUBSPOT, 'access', OVER_AT);
  told.mint('acme-salesforce', 'access', null);
  told.expire(`${HUBSPOT}/at-1`);
  told.at(OVER_AT);
  if (how === 'expires') told.expire(token);
  if (how === 'is revoked') told.revoke(token, 'reused');
  told.at(60 * MINUTE);
  return { ...told, claimed: told.claim(claim) };
}

describe('an agent has given an account up', () => {
  test.each(['expires', 'is revoked'] as const)(
    'whose token %s, once work was lost and it names the account',
    (how) => {
      const { ledger, claimed } = agentSaying(NAMED, how);
      expect(givenUpAfter(runOf(ledger, { twin: twin() }), HUBSPOT, { seq: 1, atMs: 0 })).toEqual({
        atMs: OVER_AT + 10 * MINUTE,
        seq: claimed,
        what: 'the run goes without it, and lost what came at 00:40:00',
      });
    },
  );

  test('also where it asks for a new consent', () => {
    const { ledger } = agentSaying({ status: 'partial', reauth: [{ account: HUBSPOT, reason: 'gone' }] });
    const run = runOf(ledger, { twin: twin() });
    expect(givenUpAfter(run, HUBSPOT, { seq: 1, atMs: 0 })).toBeDefined();
  });

  test('at the moment from which on is asked, and not before it', () => {
    const { ledger, claimed } = agentSaying(NAMED);
    const run = runOf(ledger, { twin: twin() });
    const from = (seq: number, atMs: number) => givenUpAfter(run, HUBSPOT, { seq, atMs });
    expect(from(1, OVER_AT + 10 * MINUTE)).toBeDefined();
    expect(from(1, OVER_AT + 10 * MINUTE + 1)).toBe(undefined);
    expect(from(claimed - 1, 0)).toBeDefined();
    expect(from(claimed + 1, 0)).toBe(undefined);
  });

  const never: readonly (readonly [
    string,
    ReturnType<typeof agentSaying>['ledger'],
    ReturnType<typeof twin> | null,
  ])[] = [
    ['that says nothing of it', agentSaying({ status: 'completed' }).ledger, twin()],
    [
      'that names another',
      agentSaying({ status: 'partial', skipped: [{ account: 'acme-rotor', reason: 'no' }] }).ledger,
      twin(),
    ],
    ['whose newest token lives', agentSaying(NAMED, 'lives').ledger, twin()],
    ['that lost nothing after its token was over', agentSaying(NAMED).ledger, twin(OVER_AT - 1)],
    ['of which no twin tells', agentSaying(NAMED).ledger, null],
    ['that makes no claim', story().ledger, twin()],
  ];
  test.each(never)('but not one %s', (_what, ledger, wrote) => {
    expect(givenUpAfter(runOf(ledger, { twin: wrote }), HUBSPOT, { seq: 0, atMs: 0 })).toBe(undefined);
  });

  test('and not for what another account lost', () => {
    const { ledger } = agentSaying(NAMED);
    const run = runOf(ledger, { twin: twin() });
    expect(givenUpAfter(run, 'acme-salesforce', { seq: 0, atMs: 0 })).toBe(undefined);
  });
});

test('a broker has given an account up with a call that fails, from the moment on that is asked for', () => {
  const { ledger, ask, at } = grantStory();
  at(MINUTE);
  const failed = ask(CRM, 'NO');
  const run = runOf(ledger, { kind: 'broker' });
  expect(givenUpAfter(run, CRM, { seq: 1, atMs: MINUTE })).toEqual({
    atMs: MINUTE,
    seq: failed.sent,
    what: 'a call at 00:01:00 failed',
  });
  expect(givenUpAfter(run, CRM, { seq: 1, atMs: MINUTE + 1 })).toBe(undefined);
});
