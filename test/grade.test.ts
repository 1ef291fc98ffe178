// The letter: from every mean, under every cap, and when there can be none.

import { describe, expect, test } from 'vitest';
import type { Category, Check } from '../harness/check.ts';
import { grade } from '../harness/grade.ts';
import type { Grade, Verdict } from '../harness/result.ts';
import { checkNamed, finding, NO_COST, scenarioResult } from './results.ts';

/** Grades one scenario per column: what each check was found to be, scenario by scenario. */
function gradeFor(table: readonly (readonly [Check, ...Verdict[]])[], more: readonly Check[] = []): Grade {
  const columns = Math.max(0, ...table.map((row) => row.length - 1));
  const scenarios = Array.from({ length: columns }, (_, column) =>
    scenarioResult(
      `s${column + 1}`,
      table.flatMap(([check, ...verdicts]) => {
        const verdict = verdicts[column];
        return verdict === undefined ? [] : [finding(check.id, verdict)];
      }),
    ),
  );
  return grade({
    kind: 'agent',
    checks: [...table.map(([check]) => check), ...more],
    scenarios,
    cost: NO_COST,
  });
}

const inCategory = (category: Category, id: string = category) => checkNamed(id, { category });

describe('a letter', () => {
  // One check of one category over a hundred scenarios: the mean is the share of passes. No cap but B applies.
  test.each([
    [90, 'B'],
    [89, 'B'],
    [80, 'B'],
    [79, 'C'],
    [65, 'C'],
    [64, 'D'],
    [50, 'D'],
    [49, 'F'],
    [0, 'F'],
  ] as const)('%d passes in a hundred make a %s', (passes, letter) => {
    const verdicts = Array.from({ length: 100 }, (_, index): Verdict => (index < passes ? 'pass' : 'fail'));
    expect(gradeFor([[inCategory('herd'), ...verdicts]])).toMatchObject({
      letter,
      categories: { herd: passes },
    });
  });

  test('is A when nothing failed', () => {
    expect(gradeFor([[inCategory('herd'), 'pass', 'inconclusive']])).toMatchObject({
      letter: 'A',
      cappedBy: [],
    });
  });

  test('is of the mean over categories, each the mean over its checks', () => {
    const found = gradeFor([
      [inCategory('expiry', 'one'), 'pass', 'pass'],
      [inCategory('expiry', 'two'), 'fail', 'pass'],
      [inCategory('herd'), 'pass', 'pass'],
      [inCategory('hygiene'), 'inconclusive', 'inconclusive'],
    ]);
    expect(found.categories).toMatchObject({ expiry: 75, herd: 100, hygiene: null, race: null });
    expect(found.letter).toBe('B');
  });
});

describe('a cap', () => {
  const others = [inCategory('expiry'), inCategory('race'), inCategory('rotation'), inCategory('herd')].map(
    (check): [Check, ...Verdict[]] => [check, 'pass', 'pass'],
  );

  test.each([
    ['any failure', checkNamed('refusal-is-told'), 'B', 'At most B: refusal-is-told failed in s2.'],
    [
      'a silent skip',
      checkNamed('no-silent-skip', { loses: 'data' }),
      'C',
      'At most C: work was skipped in silence (no-silent-skip failed in s2).',
    ],
    [
      'a lost session',
      checkNamed('session-survives', { loses: 'session' }),
      'C',
      'At most C: a session was lost that could have been kept (session-survives failed in s2).',
    ],
    [
      'a leaked secret',
      checkNamed('no-secret-leaked', { loses: 'secret' }),
      'F',
      'At most F: a secret got out (no-secret-leaked failed in s2).',
    ],
    [
      'a token for another tenant',
      checkNamed('right-identity', { loses: 'data' }),
      'F',
      'At most F: a token was used for another tenant (right-identity failed in s2).',
    ],
  ] as const)('for %s', (_what, check, letter, sentence) => {
    // 9 of 10 halves of categories hold, so that the mean alone would earn an A.
    expect(gradeFor([...others, [check, 'pass', 'fail']])).toMatchObject({ letter, cappedBy: [sentence] });
    expect(gradeFor([...others, [check, 'pass', 'pass']])).toMatchObject({ letter: 'A', cappedBy: [] });
  });

  test('that is tightest comes first and decides', () => {
    const { letter, cappedBy } = gradeFor([
      ...others,
      [checkNamed('ends-clean'), 'pass', 'fail'],
      [checkNamed('no-secret-leaked', { loses: 'secret', category: 'hygiene' }), 'pass', 'fail'],
    ]);
    expect(letter).toBe('F');
    expect(cappedBy.map((sentence) => sentence.slice(0, 9))).toEqual(['At most F', 'At most B']);
  });

  test('does not lift a letter that the mean has sunk', () => {
    expect(gradeFor([[inCategory('herd'), 'fail', 'fail']]).letter).toBe('F');
  });
});

describe('no letter', () => {
  test.each(['expiry', 'race', 'endOfLife', 'honesty'] as const)(
    'is given while nothing is known about %s',
    (category) => {
      const found = gradeFor([
        [inCategory('herd'), 'pass'],
        [inCategory(category), 'inconclusive'],
      ]);
      expect(found).toMatchObject({
        letter: 'N',
        cappedBy: [`No letter: nothing could be concluded about ${category}.`],
        coverage: { concluded: 1, of: 2 },
      });
    },
  );

  test.each(['rotation', 'identity', 'herd', 'hygiene'] as const)('hangs on %s', (category) => {
    const found = gradeFor([
      [inCategory('expiry'), 'pass'],
      [inCategory(category), 'inconclusive'],
    ]);
    expect(found.letter).toBe('A');
  });

  test('is held back by a category whose checks do not apply here, or were not asked', () => {
    const found = gradeFor(
      [
        [inCategory('expiry'), 'pass'],
        [inCategory('race'), 'not-applicable'],
      ],
      [inCategory('endOfLife'), checkNamed('for-brokers', { kinds: ['broker'] })],
    );
    expect(found).toMatchObject({ letter: 'A', coverage: { concluded: 1, of: 1 } });
  });

  test('is given where nothing was concluded at all, and a check that broke concludes nothing', () => {
    expect(gradeFor([])).toMatchObject({ letter: 'N', cappedBy: ['No letter: nothing could be concluded.'] });
    expect(gradeFor([[inCategory('herd'), 'error']])).toMatchObject({
      letter: 'N',
      coverage: { concluded: 0, of: 1 },
    });
  });

  test('is given to a run that was interrupted, whatever it had found by then', () => {
    const scenarios = [scenarioResult('s1', [finding('expiry', 'pass')])];
    const checks = [inCategory('expiry')];
    const found = grade({ kind: 'agent', checks, scenarios, cost: NO_COST, wasInterrupted: true });
    expect(found).toMatchObject({
      letter: 'N',
      cappedBy: ['No letter: the run was interrupted.'],
      categories: { expiry: 100 },
    });
  });

  test('hides no failure', () => {
    const { letter, cappedBy } = gradeFor([
      [inCategory('race'), 'inconclusive'],
      [checkNamed('no-secret-leaked', { loses: 'secret', category: 'hygiene' }), 'fail'],
    ]);
    expect(letter).toBe('N');
    expect(cappedBy).toHaveLength(2);
  });
});
