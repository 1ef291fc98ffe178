// One promise for each knob, under whatever the other knobs say.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../../mocks/grant.ts';
import { accessRefusal, accessTtlMs, refreshRefusal, statedEndMs } from '../../mocks/lifetimes.ts';
import { FOREVER_MS, neverExpiring, type Policy } from '../../mocks/policy.ts';
import { type Life, liveUnder } from './grant-life.ts';
import { policies } from './grant-policies.ts';

// A fixed seed: a red run must be red again. Change it to look elsewhere.
const SEED = 20_260_302;
const rests = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 30 });

/** Refreshes with the newest token after each rest, for as long as it is granted. */
function liveOn(life: Life, restsMs: readonly number[], after: (outcome: Outcome, life: Life) => void): void {
  for (const restMs of restsMs) {
    life.rest(restMs);
    const outcome = life.refresh();
    if (outcome.kind !== 'granted') return;
    after(outcome, life);
  }
}

function promise(holds: (policy: Policy, restsMs: readonly number[]) => void): void {
  fc.assert(fc.property(policies, rests, holds), { seed: SEED, numRuns: 400 });
}

test('a sticky refresh token is the same until it is that old, and another afterwards', () => {
  promise((policy, restsMs) => {
    const stickyForMs = 20;
    const life = liveUnder({ ...policy, rotation: 'sticky', stickyForMs });
    let bornAtMs = 0;
    liveOn(life, restsMs, (outcome) => {
      if (outcome.kind !== 'granted') return;
      expect(outcome.rotated).toBe(life.nowMs - bornAtMs >= stickyForMs);
      if (outcome.rotated) bornAtMs = life.nowMs;
    });
  });
});

test('with a depth of one, and where a use ends the grace, at most one spent token is honoured', () => {
  promise((policy, restsMs) => {
    for (const knob of [{ graceDepth: 'previous' }, { graceEndsEarly: 'when-child-used' }] as const) {
      const life = liveUnder({ ...policy, rotation: 'every-use', graceMs: 1000, ...knob });
      liveOn(life, restsMs, () => {
        const honoured = life.grant.refreshTokens.filter(
          ({ honouredUntilMs }) => honouredUntilMs !== null && honouredUntilMs > life.nowMs,
        );
        expect(honoured.length).toBeLessThanOrEqual(1);
      });
    }
  });
});

test('a replay that hands out the same child mints nothing while that pair lives', () => {
  promise((policy, restsMs) => {
    const life = liveUnder({
      ...policy,
      access: { kind: 'never' },
      refresh: { kind: 'unlimited' },
      rotation: 'every-use',
      graceMs: 1000,
      replay: 'same-child',
    });
    liveOn(life, restsMs, (first) => {
      const again = life.refresh(life.grant.refreshTokens.at(-2)?.id);
      expect(again.kind).toBe('granted');
      if (first.kind !== 'granted' || again.kind !== 'granted') return;
      expect([again.refresh?.id, again.access.id]).toEqual([first.refresh?.id, first.access.id]);
      expect(again.effects).toEqual([]);
    });
  });
});

test('no more access tokens live than the limit says', () => {
  promise((policy, restsMs) => {
    const liveAccessTokens = 2;
    const life = liveUnder({ ...policy, liveAccessTokens });
    liveOn(life, restsMs, () => {
      const living = life.grant.accessTokens.filter((token) => {
        const refusal = accessRefusal(token, life.nowMs);
        return refusal === null || refusal === 'not-yet-known';
      });
      expect(living.length).toBeLessThanOrEqual(liveAccessTokens);
    });
  });
});

test('a companion never outlives the refresh token that came with it', () => {
  promise((policy, restsMs) => {
    const life = liveUnder({ ...policy, rotation: 'every-use', graceMs: 7, oldAccess: 'dies-after-grace' });
    liveOn(life, restsMs, () => {
      for (const access of life.grant.accessTokens) {
        const companion = life.grant.refreshTokens.find(({ id }) => id === access.companion);
        if (companion === undefined || refreshRefusal(life.grant, companion, life.nowMs) !== 'rotated')
          continue;
        expect(accessRefusal(access, life.nowMs)).not.toBeNull();
      }
    });
  });
});

test('a fresh access token is refused for the delay, and for nothing but the delay', () => {
  promise((policy) => {
    const life = liveUnder({ ...policy, access: { kind: 'never' }, birthDelayMs: 5 });
    expect(life.use()).toBe('not-yet-known');
    life.rest(4);
    expect(life.use()).toBe('not-yet-known');
    life.rest(1);
    expect(life.use()).toBe('ok');
  });
});

test('a revoked access token works to the end of the delay, while its refresh token is dead at once', () => {
  promise((policy) => {
    const { birthDelayMs: _birth, ...known } = policy;
    const life = liveUnder({ ...known, access: { kind: 'never' }, revocationDelayMs: 9 });
    life.revoke();
    expect(life.use()).toBe('ok');
    if (policy.refresh.kind !== 'none') expect(life.refresh().kind).toBe('refused');
    life.rest(8);
    expect(life.use()).toBe('ok');
    life.rest(1);
    expect(life.use()).toBe('revoked-by-user');
  });
});

test('a lifetime drawn from a range lies in it, in whole seconds, and reaches both ends', () => {
  const range = { kind: 'range', minMs: 3_600_000, maxMs: 5_400_000 } as const;
  fc.assert(
    fc.property(policies, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (policy, draw) => {
      const ttlOf = (at: number) => accessTtlMs({ ...policy, access: range }, at, undefined) ?? 0;
      expect([ttlOf(0), ttlOf(1 - Number.EPSILON)]).toEqual([range.minMs, range.maxMs]);
      expect(ttlOf(draw)).toBeGreaterThanOrEqual(range.minMs);
      expect(ttlOf(draw)).toBeLessThanOrEqual(range.maxMs);
      expect(ttlOf(draw) % 1000).toBe(0);
    }),
    { seed: SEED },
  );
});

test('what is asked for counts within the bounds, and not at all where nothing may be asked for', () => {
  fc.assert(
    fc.property(policies, fc.integer({ min: 1, max: 1000 }), (policy, asked) => {
      const access = { kind: 'fixed', ttlMs: 60 } as const;
      expect(accessTtlMs({ ...policy, access }, 0, asked)).toBe(60);
      const bounded = { ...policy, access, askedTtl: { minMs: 100, maxMs: 500 } };
      expect(accessTtlMs(bounded, 0, asked)).toBe(Math.min(500, Math.max(100, asked)));
      expect(accessTtlMs(bounded, 0, undefined)).toBe(60);
    }),
    { seed: SEED },
  );
});

test('what is stated moves no end', () => {
  promise((policy) => {
    const access = { kind: 'fixed', ttlMs: 60, statedMs: -5 } as const;
    const { birthDelayMs: _birth, ...known } = policy;
    const life = liveUnder({ ...known, access });
    const [token] = life.grant.accessTokens;
    expect(token === undefined ? null : statedEndMs({ ...policy, access }, token)).toBe(-5);
    life.rest(59);
    expect(life.use()).toBe('ok');
    life.rest(1);
    expect(life.use()).toBe('expired');
  });
});

test('a grace for ever honours every ancestor', () => {
  promise((policy, restsMs) => {
    const { graceDepth: _depth, graceEndsEarly: _early, ...lasting } = policy;
    const life = liveUnder({
      ...lasting,
      refresh: { kind: 'unlimited' },
      rotation: 'every-use',
      graceMs: FOREVER_MS,
    });
    liveOn(life, restsMs, () => undefined);
    for (const { id } of life.grant.refreshTokens) expect(life.refresh(id).kind).toBe('granted');
  });
});

test('in the world of the twin no knob ends anything', () => {
  promise((policy, restsMs) => {
    const life = liveUnder(neverExpiring({ ...policy, askedTtl: { minMs: 1, maxMs: 2 } }, 1_000_000));
    const hasRefreshToken = life.grant.refreshTokens.length > 0;
    for (const restMs of restsMs) {
      life.rest(restMs);
      expect(life.use('at-1')).toBe('ok');
      if (!hasRefreshToken) continue;
      expect(life.refresh('rt-1', 1).kind).toBe('granted');
      expect(life.refresh(undefined, 1).kind).toBe('granted');
      expect(life.use()).toBe('ok');
    }
  });
});
