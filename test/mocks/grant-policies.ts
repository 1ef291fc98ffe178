// Policies that nobody thought of.

import fc from 'fast-check';
import type { Policy } from '../../mocks/policy.ts';

const duration = fc.integer({ min: 1, max: 60 });

const knobs = fc.record(
  {
    stickyForMs: duration,
    graceEndsEarly: fc.constant('when-child-used' as const),
    graceDepth: fc.constantFrom('previous' as const, 'any' as const),
    replay: fc.constantFrom('new-child' as const, 'same-child' as const),
    eviction: fc.constantFrom('refresh-tokens' as const, 'all-tokens' as const),
    liveAccessTokens: fc.integer({ min: 1, max: 4 }),
    revocationDelayMs: duration,
    birthDelayMs: duration,
  },
  { requiredKeys: [] },
);

const rules = fc.record({
  access: fc.oneof(
    fc.record({ kind: fc.constant('fixed' as const), ttlMs: duration }),
    fc.record({
      kind: fc.constant('sliding' as const),
      ttlMs: duration,
      countsAfter: fc.constantFrom(0, 0.25, 0.5, 1),
    }),
    fc
      .record({ kind: fc.constant('range' as const), minMs: duration, maxMs: duration })
      .map(({ kind, minMs, maxMs }) => ({ kind, minMs, maxMs: minMs + maxMs * 1000 })),
    fc.constant({ kind: 'never' as const }),
  ),
  refresh: fc.oneof(
    fc.constantFrom({ kind: 'none' as const }, { kind: 'unlimited' as const }),
    fc.record({ kind: fc.constantFrom('fixed' as const, 'absolute' as const), ttlMs: duration }),
    fc.record({ kind: fc.constant('idle' as const), windowMs: duration }),
    fc.record({ kind: fc.constant('idle-and-cap' as const), windowMs: duration, capMs: duration }),
  ),
  rotation: fc.constantFrom('none' as const, 'every-use' as const, 'sticky' as const),
  graceMs: fc.oneof(fc.constant(0), duration),
  reuse: fc.constantFrom(
    'refused' as const,
    'newest-revoked' as const,
    'newest-and-access-revoked' as const,
    'family-revoked' as const,
  ),
  oldAccess: fc.constantFrom('lives-on' as const, 'dies' as const, 'dies-after-grace' as const),
  revocation: fc.record({
    ofRefresh: fc.constantFrom('grant' as const, 'refresh-token-only' as const),
    ofAccess: fc.constantFrom('grant' as const, 'access-token-only' as const),
  }),
  grantsPerAccount: fc.constant(null),
  codeTtlMs: duration,
});

/** Any policy under which a refresh may come at any time: every other knob with any value, in a world of a minute or so. */
export const policies: fc.Arbitrary<Policy> = fc
  .tuple(rules, knobs)
  .map(([required, optional]) => ({ ...required, ...optional }));

/** Any policy at all. */
export const allPolicies: fc.Arbitrary<Policy> = fc
  .tuple(policies, fc.option(duration))
  .map(([policy, noRefreshBeforeMs]) =>
    noRefreshBeforeMs === null ? policy : { ...policy, noRefreshBeforeMs },
  );
