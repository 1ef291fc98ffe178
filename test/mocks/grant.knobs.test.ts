// One example for each knob: what it does, told as one client lives through it.

import { expect, test } from 'vitest';
import type { Outcome } from '../../mocks/grant.ts';
import { FOREVER_MS, type Policy } from '../../mocks/policy.ts';
import { liveUnder } from './grant-life.ts';

const plain: Policy = {
  access: { kind: 'fixed', ttlMs: 100 },
  refresh: { kind: 'unlimited' },
  rotation: 'every-use',
  graceMs: 0,
  reuse: 'refused',
  oldAccess: 'lives-on',
  revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
  grantsPerAccount: null,
  codeTtlMs: 100,
};

/** The pair that an outcome told, or why it told none. */
const toldBy = (outcome: Outcome) => {
  if (outcome.kind === 'granted') return `${outcome.access.id} ${outcome.refresh?.id}`;
  return outcome.kind === 'refused' ? outcome.cause : outcome.kind;
};

test('rotation: sticky hands the same refresh token out until it is old enough', () => {
  const life = liveUnder({ ...plain, rotation: 'sticky', stickyForMs: 24 });
  expect(toldBy(life.refresh())).toBe('at-2 rt-1');
  life.rest(23);
  expect(toldBy(life.refresh())).toBe('at-3 rt-1');
  life.rest(1);
  expect(toldBy(life.refresh())).toBe('at-4 rt-2');
  expect(toldBy(life.refresh('rt-1'))).toBe('rotated');
  life.rest(23);
  expect(toldBy(life.refresh())).toBe('at-5 rt-2');
});

test('graceEndsEarly: the old refresh token is honoured until its successor is first used', () => {
  const life = liveUnder({ ...plain, graceMs: 30, graceEndsEarly: 'when-child-used' });
  life.refresh();
  life.rest(29);
  expect(toldBy(life.refresh('rt-1'))).toBe('at-3 rt-3');
  expect(toldBy(life.refresh('rt-3'))).toBe('at-4 rt-4');
  expect(toldBy(life.refresh('rt-1'))).toBe('rotated');
});

test('graceEndsEarly: and at the latest when the grace is over', () => {
  const life = liveUnder({ ...plain, graceMs: 30, graceEndsEarly: 'when-child-used' });
  life.refresh();
  life.rest(30);
  expect(toldBy(life.refresh('rt-1'))).toBe('rotated');
  expect(toldBy(life.refresh('rt-2'))).toBe('at-3 rt-3');
});

test('graceDepth: previous honours the refresh token before the newest, and no older one', () => {
  const life = liveUnder({ ...plain, graceMs: 30, graceDepth: 'previous', reuse: 'family-revoked' });
  life.refresh();
  life.refresh();
  expect(toldBy(life.refresh('rt-2'))).toBe('at-4 rt-4');
  expect(toldBy(life.refresh('rt-1'))).toBe('rotated');
  expect(toldBy(life.refresh('rt-4'))).toBe('reused');
});

test('graceMs: FOREVER_MS leaves every old refresh token as good as the newest', () => {
  const life = liveUnder({ ...plain, graceMs: FOREVER_MS });
  life.refresh();
  life.rest(1_000_000);
  expect(toldBy(life.refresh('rt-1'))).toBe('at-3 rt-3');
  expect(toldBy(life.refresh('rt-2'))).toBe('at-4 rt-4');
});

test('replay: same-child tells the same pair again, until that pair was used', () => {
  const life = liveUnder({ ...plain, graceMs: 30, replay: 'same-child' });
  expect(toldBy(life.refresh('rt-1'))).toBe('at-2 rt-2');
  expect(toldBy(life.refresh('rt-1'))).toBe('at-2 rt-2');
  expect(toldBy(life.refresh('rt-2'))).toBe('at-3 rt-3');
  expect(toldBy(life.refresh('rt-1'))).toBe('at-4 rt-4');
});

test('replay: same-child brings a fresh access token where the first one has died', () => {
  const life = liveUnder({
    ...plain,
    access: { kind: 'fixed', ttlMs: 10 },
    graceMs: 30,
    replay: 'same-child',
  });
  life.refresh();
  life.rest(10);
  expect(toldBy(life.refresh('rt-1'))).toBe('at-3 rt-2');
});

test('reuse: newest-and-access-revoked kills every token, while the consent stands', () => {
  const life = liveUnder({ ...plain, reuse: 'newest-and-access-revoked' });
  life.refresh();
  expect(toldBy(life.refresh('rt-1'))).toBe('rotated');
  expect(life.use('at-1')).toBe('reused');
  expect(life.use('at-2')).toBe('reused');
  expect(toldBy(life.refresh('rt-2'))).toBe('reused');
  expect(life.grant.ended).toBeNull();
});

test('oldAccess: dies-after-grace lets the companion die with the refresh token it came with', () => {
  const life = liveUnder({ ...plain, graceMs: 30, oldAccess: 'dies-after-grace' });
  life.rest(5);
  life.refresh();
  life.rest(29);
  expect(life.use('at-1')).toBe('ok');
  life.rest(1);
  expect(life.use('at-1')).toBe('superseded');
  expect(life.use('at-2')).toBe('ok');
});

test('liveAccessTokens: one more evicts the oldest', () => {
  const life = liveUnder({ ...plain, liveAccessTokens: 2 });
  life.refresh();
  expect(life.use('at-1')).toBe('ok');
  const third = life.refresh();
  expect(third.effects[0]).toEqual({ kind: 'evicted', token: 'at-1', cause: 'crowded-out' });
  expect(['at-1', 'at-2', 'at-3'].map((token) => life.use(token))).toEqual(['crowded-out', 'ok', 'ok']);
});

test('revocationDelayMs: the access token outlives its revocation for so long, the refresh token does not', () => {
  const life = liveUnder({ ...plain, revocationDelayMs: 15 });
  life.revoke();
  expect(toldBy(life.refresh())).toBe('revoked-by-user');
  life.rest(14);
  expect(life.use()).toBe('ok');
  life.rest(1);
  expect(life.use()).toBe('revoked-by-user');
});

test('evaluatedAboveMs: a short access token is honoured to its end, a long one is revoked', () => {
  const life = liveUnder({ ...plain, evaluatedAboveMs: 50, askedTtl: { minMs: 10, maxMs: 100 } });
  life.refresh('rt-1', 50);
  life.revoke();
  expect([life.use('at-1'), life.use('at-2')]).toEqual(['revoked-by-user', 'ok']);
  expect(toldBy(life.refresh())).toBe('revoked-by-user');
  life.rest(50);
  expect(life.use('at-2')).toBe('expired');
});

test('birthDelayMs: a fresh access token has to become known first', () => {
  const life = liveUnder({ ...plain, birthDelayMs: 3 });
  life.rest(10);
  life.refresh();
  expect([life.use('at-1'), life.use('at-2')]).toEqual(['ok', 'not-yet-known']);
  life.rest(3);
  expect(life.use('at-2')).toBe('ok');
});

test('askedTtl: a lifetime that is asked for counts within its bounds', () => {
  const life = liveUnder({ ...plain, askedTtl: { minMs: 20, maxMs: 200 } });
  const endOf = (asked?: number) => {
    const outcome = life.refresh(undefined, asked);
    return outcome.kind === 'granted' ? outcome.access.expiresAtMs : outcome.kind;
  };
  expect([endOf(), endOf(50), endOf(1), endOf(1000)]).toEqual([100, 50, 20, 200]);
});
