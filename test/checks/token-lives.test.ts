// The ends of access tokens, and which calls were made beyond one.

import { expect, test } from 'vitest';
import { attemptsOf } from '../../scenarios/checks/attempts.ts';
import { callsBeyondAnExpiry, isRefusedForAge } from '../../scenarios/checks/token-lives.ts';
import { account, MINUTE, story } from './ledgers.ts';

const STATED = 'acme-hubspot';
const UNSTATED = 'acme-salesforce';
type Told = ReturnType<typeof story>;

/** The calls of a story that were made beyond an expiry, by number. */
const beyond = ({ ledger }: Told) => callsBeyondAnExpiry(ledger).map(({ opened }) => opened.seq);

test.each<[string, boolean, string, number, (told: Told) => void]>([
  ['before the stated end', false, STATED, 30 * MINUTE - 1, () => {}],
  ['at the stated end', true, STATED, 30 * MINUTE, () => {}],
  ['at an end that is not stated, and did not come', false, UNSTATED, 60 * MINUTE, () => {}],
  [
    'at an end that is not stated, and came',
    true,
    UNSTATED,
    60 * MINUTE,
    (told) => told.expire(`${UNSTATED}/at-1`),
  ],
  ['of an account without tokens', false, 'acme-rotor', 60 * MINUTE, () => {}],
  ['of nobody’s account', false, 'stranger', 60 * MINUTE, (told) => told.mint('stranger', 'access', MINUTE)],
])('a call %s: %s', (_when, isBeyond, id, atMs, happen) => {
  const told = story();
  for (const each of [STATED, UNSTATED]) told.mint(each, 'access', 30 * MINUTE);
  told.at(30 * MINUTE);
  happen(told);
  told.at(atMs);
  const { opened } = told.call('ok', { account: id });
  expect(beyond(told)).toEqual(isBeyond ? [opened] : []);
});

test('the first end of an account counts, and only calls with a token do', () => {
  const told = story();
  told.mint(STATED, 'access', 30 * MINUTE);
  told.mint(STATED, 'access', 60 * MINUTE);
  told.at(40 * MINUTE);
  const { opened } = told.call('ok', { account: STATED });
  told.refresh(STATED);
  told.call('no-token', { account: null, token: null });
  const early = story();
  const refused = early.call('expired', { account: STATED });
  expect(beyond(told)).toEqual([opened]);
  expect(beyond(early)).toEqual([refused.opened]);
});

test.each([
  ['a call that was refused as expired', true, (told: Told) => told.call('expired')],
  ['as superseded', true, (told: Told) => told.call('superseded')],
  ['as one of an ended session', true, (told: Told) => told.call('session-ended')],
  ['as revoked', false, (told: Told) => told.call('revoked-by-user')],
  ['a refresh', false, (told: Told) => told.refusedRefresh(STATED, 'expired')],
  [
    'a call that was sent to a page',
    false,
    (told: Told) => told.call('expired', { status: 302, answer: 'Sign in' }),
  ],
])('%s is refused for its age: %s', (_what, expected, happen) => {
  const told = story([account(STATED, 'hubspot', {})]);
  happen(told);
  expect(attemptsOf(told.ledger).map(isRefusedForAge)).toEqual([expected]);
});
