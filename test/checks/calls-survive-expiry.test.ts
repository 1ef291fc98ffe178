// The call that meets the end of an access token must be made again.

import { describe, expect, test } from 'vitest';
import callsSurviveExpiry from '../../scenarios/checks/calls-survive-expiry.ts';
import { MINUTE, story, verdictOf } from './ledgers.ts';

const SEARCH = { method: 'POST', route: 'deals.search', body: { since: '22:27' } };
const LATER = { ...SEARCH, body: { since: '22:30' } };
const NEW = { token: 'acme-hubspot/at-2' };
const deal = (id: string) => ({ answer: { results: [{ id }] } });

/** A night that has met its first expiry: the token of the start is dead. */
function expired() {
  const told = story();
  told.mint('acme-hubspot', 'access', 30 * MINUTE);
  told.call('ok', { ...SEARCH, ...deal('7001') });
  told.at(30 * MINUTE);
  told.expire('acme-hubspot/at-1');
  return told;
}

describe('calls-survive-expiry fails', () => {
  test('when the refused call is given up', () => {
    const { ledger, call, later } = expired();
    const lost = call('expired', SEARCH);
    later(MINUTE);
    expect(verdictOf(callsSurviveExpiry, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, lost.answered],
      atMs: 30 * MINUTE + 50,
    });
  });

  test('when the object of the refused call is never asked for again', () => {
    const { ledger, call, refresh } = expired();
    const lost = call('expired', { route: 'deals.read', path: '/deals/7001' });
    refresh('acme-hubspot');
    call('ok', { route: 'deals.read', path: '/deals/7002', ...NEW, ...deal('7002') });
    expect(verdictOf(callsSurviveExpiry, ledger)).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, lost.answered],
    });
  });

  test('when a search is not repeated and what the twin found by it is missing', () => {
    const { ledger, call, refresh, later } = expired();
    const lost = call('expired', SEARCH);
    later(3 * MINUTE);
    refresh('acme-hubspot');
    call('ok', { ...LATER, ...NEW });
    const calm = story();
    calm.at(30 * MINUTE);
    calm.call('ok', { ...SEARCH, ...deal('7009') });
    calm.row({ deal_id: '7009' });
    expect(verdictOf(callsSurviveExpiry, ledger, { twin: calm.ledger })).toMatchObject({
      verdict: 'fail',
      evidence: [lost.opened, lost.answered],
    });
  });
});

describe('calls-survive-expiry passes', () => {
  test('when the call is made again after a refresh', () => {
    const { ledger, call, refresh } = expired();
    call('expired', SEARCH);
    refresh('acme-hubspot');
    call('ok', { ...SEARCH, ...NEW });
    expect(verdictOf(callsSurviveExpiry, ledger).verdict).toBe('pass');
  });

  test('when the token is refreshed ahead and no call ever fails', () => {
    const { ledger, at, call, refresh } = story();
    refresh('acme-hubspot');
    call('ok', SEARCH);
    at(28 * MINUTE);
    refresh('acme-hubspot');
    at(33 * MINUTE);
    call('ok', { ...SEARCH, token: 'acme-hubspot/at-2' });
    expect(verdictOf(callsSurviveExpiry, ledger).verdict).toBe('pass');
  });

  test('when the next round covers what the refused search would have found', () => {
    const { ledger, call, refresh, later, row } = expired();
    call('expired', SEARCH);
    later(3 * MINUTE);
    refresh('acme-hubspot');
    call('ok', { ...LATER, ...NEW, ...deal('7009') });
    row({ deal_id: '7009' });
    const calm = story();
    calm.at(30 * MINUTE);
    calm.call('ok', { ...SEARCH, ...deal('7009') });
    calm.row({ deal_id: '7009' });
    expect(verdictOf(callsSurviveExpiry, ledger, { twin: calm.ledger }).verdict).toBe('pass');
  });

  test('when the grant itself turns out to be dead', () => {
    const { ledger, call, refusedRefresh } = expired();
    call('expired', SEARCH);
    refusedRefresh('acme-hubspot', 'revoked-by-user');
    expect(verdictOf(callsSurviveExpiry, ledger).verdict).toBe('pass');
  });
});

test('calls-survive-expiry is inconclusive where no call went beyond an expiry', () => {
  const { ledger, mint, call, at } = story();
  mint('acme-hubspot', 'access', 30 * MINUTE);
  at(29 * MINUTE);
  call('ok');
  expect(verdictOf(callsSurviveExpiry, ledger).verdict).toBe('inconclusive');
});
