// Our `plain` against oidc-provider, over generated histories: what both say, and which tokens live in the end.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { type Pairing, parting } from './differential.ts';
import { histories, type Step } from './histories.ts';
import { ours, theirs } from './sides.ts';

// A few in CI; the nightly repetitions bring more.
const RUNS = Number(process.env.HOUR4_DIFFERENTIAL_RUNS ?? 50);
let pairing: Pairing;

beforeAll(() => {
  pairing = { ours: ours(), theirs: theirs(), met: new Set(), histories: 0 };
});
afterAll(async () => {
  await pairing.theirs.close();
});

const refresh = (pick = 0): Step => ({ do: 'refresh', pick, by: 'own', scope: null });
const HOUR_MS = 3_600_000;

describe('the two agree', () => {
  test.each<[string, readonly Step[]]>([
    ['on a chain of rotations', [refresh(0), refresh(1), refresh(2)]],
    ['on reuse, which ends the family', [refresh(0), refresh(0), refresh(1)]],
    [
      'to the second on the end of an access token',
      [
        { do: 'wait', ms: HOUR_MS - 1000 },
        { do: 'call', with: 'access', pick: 0 },
      ],
    ],
    [
      'on an access token at its end',
      [
        { do: 'wait', ms: HOUR_MS },
        { do: 'call', with: 'access', pick: 0 },
      ],
    ],
    ['on a refresh token that lay too long', [{ do: 'wait', ms: 31 * 24 * HOUR_MS }, refresh(0)]],
    ['on a narrower scope', [{ do: 'refresh', pick: 0, by: 'own', scope: 'openid read' }, refresh(1)]],
    ['on a wider scope', [{ do: 'refresh', pick: 0, by: 'own', scope: 'openid admin' }]],
    ['on another client', [{ do: 'refresh', pick: 0, by: 'foreign', scope: null }, refresh(0)]],
    ['on a bad secret', [{ do: 'refresh', pick: 0, by: 'wrong-secret', scope: null }, refresh(0)]],
    ['on no credentials at all', [{ do: 'refresh', pick: 0, by: 'nobody', scope: null }, refresh(0)]],
    [
      'on a revoked refresh token',
      [{ do: 'revoke', of: 'refresh', pick: 0, by: 'own', hint: null }, refresh(0)],
    ],
    [
      'on a revoked access token',
      [{ do: 'revoke', of: 'access', pick: 0, by: 'own', hint: 'access_token' }, refresh(0)],
    ],
    [
      'on a revoked token that was spent',
      [refresh(0), { do: 'revoke', of: 'refresh', pick: 0, by: 'own', hint: null }, refresh(1)],
    ],
    ['on who may revoke', [{ do: 'revoke', of: 'refresh', pick: 0, by: 'foreign', hint: null }, refresh(0)]],
    ['on who may introspect', [{ do: 'introspect', of: 'access', pick: 0, by: 'nobody', hint: null }]],
    ['on revoking what nobody issued', [{ do: 'revoke', of: 'forged', pick: 0, by: 'own', hint: null }]],
    [
      'on who may revoke what is dead',
      [
        { do: 'wait', ms: HOUR_MS },
        { do: 'revoke', of: 'access', pick: 0, by: 'foreign', hint: null },
      ],
    ],
    [
      'up to a spent token that asks for too much',
      [refresh(0), { do: 'refresh', pick: 0, by: 'own', scope: 'openid admin' }, refresh(1)],
    ],
    [
      'up to a spent token that is too old as well',
      [
        refresh(0),
        { do: 'wait', ms: 16 * 24 * HOUR_MS },
        refresh(1),
        { do: 'wait', ms: 16 * 24 * HOUR_MS },
        refresh(0),
        refresh(2),
      ],
    ],
    ['on a call without a token', [{ do: 'call', with: 'no-token', pick: 0 }]],
    ['on a call with one', [{ do: 'call', with: 'access', pick: 0 }]],
  ])('%s', async (_name, steps) => {
    expect(await parting(pairing, steps)).toBeNull();
  });

  test('on whatever else may happen to a family', async () => {
    await fc.assert(
      fc.asyncProperty(histories(12), async (steps) => {
        const apart = await parting(pairing, steps);
        if (apart !== null) throw new Error(apart);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});

test('every known difference was met, and is explained in the docs', () => {
  expect([...pairing.met].sort()).toEqual(DIFFERENCES.map(({ id }) => id).sort());
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'oidc.md'), 'utf8');
  for (const { id } of DIFFERENCES) expect(page).toContain(`| ${id} |`);
});
