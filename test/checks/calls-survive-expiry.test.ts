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

describe('calls-survive-expiry', () => {
  type Told = ReturnType<typeof expired>;
  const READ = { route: 'deals.read', path: '/deals/7001' };
  const ways: readonly (readonly [string, 'pass' | 'fail', (told: Told) => void])[] = [
    [
      'fails when what follows is refused as well, for another reason',
      'fail',
      (told) => {
        told.call('expired', SEARCH);
        told.call('revoked-by-user', { route: 'rows.append', path: '/rows' });
      },
    ],
    [
      'fails when a refresh was refused before, and none was tried after',
      'fail',
      (told) => {
        told.refusedRefresh('acme-hubspot', 'revoked-by-user');
        told.call('expired', SEARCH);
      },
    ],
    [
      'fails when another account’s grant is dead',
      'fail',
      (told) => {
        told.call('expired', SEARCH);
        told.refusedRefresh('acme-rotor', 'revoked-by-user');
      },
    ],
    [
      'fails when the object was read before alone',
      'fail',
      (told) => {
        told.call('ok', { ...READ, ...NEW });
        told.call('expired', READ);
        told.refresh('acme-hubspot');
      },
    ],
    [
      'fails when the object is asked for by another account, another method or another route',
      'fail',
      (told) => {
        told.call('expired', READ);
        told.refresh('acme-hubspot');
        told.call('ok', { ...READ, account: 'acme-rotor', body: 1 });
        told.call('ok', { ...READ, ...NEW, method: 'PATCH' });
        told.call('ok', { ...READ, ...NEW, route: 'deals.notes', body: 1 });
      },
    ],
    [
      'fails when the search alone was answered before',
      'fail',
      (told) => {
        told.call('ok', { ...SEARCH, ...NEW });
        told.call('expired', LATER);
        told.refresh('acme-hubspot');
      },
    ],
    [
      'passes when the object is asked for in other words, among others',
      'pass',
      (told) => {
        told.call('expired', READ);
        told.refresh('acme-hubspot');
        told.call('ok', { ...READ, ...NEW, path: '/deals', body: { ids: ['7001', '7002'] } });
      },
    ],
    [
      'passes when a refresh failed in passing, and the call was made again',
      'pass',
      (told) => {
        told.call('expired', SEARCH);
        told.refusedRefresh('acme-hubspot', 'fault');
        told.refresh('acme-hubspot');
        told.call('ok', { ...SEARCH, ...NEW });
      },
    ],
  ];
  test.each(ways)('%s', (_title, verdict, tell) => {
    const told = expired();
    tell(told);
    expect(verdictOf(callsSurviveExpiry, told.ledger).verdict).toBe(verdict);
  });

  test('counts each refusal that nothing healed', () => {
    const { ledger, call } = expired();
    const lost = [call('expired', SEARCH), call('expired', SEARCH)];
    const evidence = lost.flatMap(({ opened, answered }) => [opened, answered]);
    const judgement = verdictOf(callsSurviveExpiry, ledger);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence });
    expect(judgement.message).toContain('acme-hubspot refused `deals.search`');
  });

  test('names the service where no account is known', () => {
    const { ledger, call } = expired();
    call('ok', NEW);
    call('expired', { ...SEARCH, account: null, service: 'hubspot' });
    expect(verdictOf(callsSurviveExpiry, ledger).message).toContain(' hubspot refused `deals.search`');
  });

  test('passes when the same search is made again, whatever the twin has more', () => {
    const { ledger, call, refresh, later } = expired();
    call('expired', SEARCH);
    later(3 * MINUTE);
    refresh('acme-hubspot');
    call('ok', { ...SEARCH, ...NEW });
    const calm = story();
    calm.at(31 * MINUTE);
    calm.row({ deal_id: '7009' });
    expect(verdictOf(callsSurviveExpiry, ledger, { twin: calm.ledger }).verdict).toBe('pass');
  });

  const whens: readonly (readonly [string, number, string, 'pass' | 'fail'])[] = [
    ['from the refused call on', 30 * MINUTE, 'acme-hubspot', 'fail'],
    ['before the next answered call', 34 * MINUTE - 1, 'acme-hubspot', 'fail'],
    ['not from that on', 34 * MINUTE, 'acme-hubspot', 'pass'],
    ['not before the refused call', 30 * MINUTE - 1, 'acme-hubspot', 'pass'],
    ['not of another account', 32 * MINUTE, 'acme-rotor', 'pass'],
  ];
  test.each(whens)('holds against a search what the twin wrote, %s', (_title, atMs, owner, verdict) => {
    const { ledger, at, call, refresh } = expired();
    call('expired', SEARCH);
    at(34 * MINUTE - 50);
    refresh('acme-hubspot');
    call('ok', { ...LATER, ...NEW });
    const calm = story();
    calm.at(atMs);
    const common = { party: 'agent', service: 'hubspot', account: owner, place: 'Report' };
    calm.append({ kind: 'sink', ...common, exchange: 'x', cells: { deal_id: '7009' } });
    expect(verdictOf(callsSurviveExpiry, ledger, { twin: calm.ledger }).verdict).toBe(verdict);
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
