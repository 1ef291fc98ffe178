// Longer lives of a grant than the exhaustive test can walk, under policies that nobody thought of.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { violations } from './grant-invariants.ts';
import { begin, CLIENT, type Move, make, moves } from './grant-moves.ts';
import { allPolicies, policies } from './grant-policies.ts';

// A fixed seed: a red run must be red again. Change it to look elsewhere.
const SEED = 20_260_302;

const ENDS = new Set(['revoke', 'revoke-token', 'end-access', 'end-refresh', 'evict', 'narrow-scope', 'bar']);
const ends = (move: Move) => 'command' in move && ENDS.has(move.command.kind);

/** A choice among the moves of a position. Most lives must be long, so what ends them is chosen rarely. */
const choices = fc.array(fc.record({ nth: fc.nat(), rare: fc.nat({ max: 19 }) }), {
  minLength: 1,
  maxLength: 60,
});

test('no life of a grant, under any policy, breaks an invariant', () => {
  fc.assert(
    fc.property(allPolicies, choices, (policy, chosen) => {
      let position = begin(policy);
      for (const { nth, rare } of chosen) {
        const open = moves(position).filter((move) => rare === 0 || !ends(move));
        const move = open[nth % open.length];
        if (move === undefined) return;
        const { position: led, step } = make(position, move);
        if (step !== null && 'command' in move) {
          expect(violations(position.grant, move.command, step)).toEqual([]);
        }
        position = led;
      }
    }),
    { seed: SEED, numRuns: 1_500 },
  );
});

test('a grant that is used before every boundary lives for ever, unless its policy caps it', () => {
  fc.assert(
    fc.property(policies, fc.integer({ min: 2, max: 40 }), (policy, rounds) => {
      fc.pre(policy.refresh.kind !== 'none');
      const uncapped = policy.refresh.kind === 'unlimited' || policy.refresh.kind === 'idle';
      const fixedAndRotated = policy.refresh.kind === 'fixed' && policy.rotation === 'every-use';
      fc.pre(uncapped || fixedAndRotated);
      const restMs =
        policy.refresh.kind === 'idle'
          ? policy.refresh.windowMs - 1
          : policy.refresh.kind === 'fixed'
            ? policy.refresh.ttlMs - 1
            : 1_000;
      let position = begin(policy);
      for (let round = 1; round <= rounds; round++) {
        const atMs = round * restMs;
        const { step, position: led } = make(
          { ...position, nowMs: atMs },
          {
            command: {
              kind: 'refresh',
              atMs,
              token: position.grant.refreshTokens.at(-1)?.id ?? '',
              clientId: CLIENT,
              scopes: null,
              fresh: { access: `at-${round + 1}`, refresh: `rt-${round + 1}` },
            },
          },
        );
        expect(step?.outcome.kind).toBe('granted');
        position = led;
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});
