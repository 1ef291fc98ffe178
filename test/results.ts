// Results by hand: checks, findings and scenarios with what a test is about, and dull values for the rest.

import type { Check } from '../harness/check.ts';
import type { Cost, Finding, Grade, Result, ScenarioResult, Verdict } from '../harness/result.ts';

/** A cost of nothing. */
export const NO_COST: Cost = {
  refreshes: 0,
  needed: 0,
  wastedCalls: 0,
  callsAfterTerminal: 0,
  wastedVirtualMs: 0,
};

/** A check that is there to be asked, and never judges. */
export function checkNamed(id: string, more: Partial<Check> = {}): Check {
  return {
    id,
    title: `${id} holds`,
    category: 'honesty',
    loses: 'other',
    why: 'Because.',
    judged: 'By looking.',
    fix: 'Mend it.',
    kinds: ['agent'],
    judge: () => ({ verdict: 'pass', message: 'It holds.' }),
    ...more,
  };
}

/** What a check found. */
export function finding(check: string, verdict: Verdict, more: Partial<Finding> = {}): Finding {
  const failed = verdict === 'fail';
  return {
    check,
    verdict,
    message: `${check} was ${verdict}.`,
    fix: failed ? `mend ${check}` : null,
    evidence: failed ? [3, 7] : [],
    at: failed ? 60_000 : null,
    ...more,
  };
}

/** A scenario with these findings. */
export function scenarioResult(
  id: string,
  findings: readonly Finding[],
  more: Partial<ScenarioResult> = {},
): ScenarioResult {
  return {
    id,
    title: `The story of ${id}`,
    variant: null,
    verdict: 'pass',
    virtualMs: 21_600_000,
    realMs: 1234,
    claims: [{ status: 'completed' }],
    findings,
    boundaries: [],
    loss: null,
    ledger: `${id}.jsonl`,
    ...more,
  };
}

const NO_CATEGORIES: Grade['categories'] = {
  expiry: null,
  race: null,
  rotation: null,
  endOfLife: null,
  identity: null,
  herd: null,
  honesty: null,
  hygiene: null,
};

/** A grade that says as little as possible. */
export function gradeOf(letter: Grade['letter'], more: Partial<Grade> = {}): Grade {
  return {
    letter,
    coverage: { concluded: 1, of: 1 },
    cappedBy: [],
    cost: NO_COST,
    ...more,
    categories: { ...NO_CATEGORIES, ...more.categories },
  };
}

/** A whole result; its totals are counted from the scenarios. */
export function resultOf(
  scenarios: readonly ScenarioResult[],
  more: Partial<Omit<Result, 'scenarios' | 'totals'>> = {},
): Result {
  const count = (verdict: Verdict) =>
    scenarios.flatMap(({ findings }) => findings).filter((each) => each.verdict === verdict).length;
  return {
    schema: 'hour4/result@1',
    tool: { name: 'hour4', version: '0.0.0' },
    subject: { name: 'sync', kind: 'agent', time: 'exact' },
    seed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    grade: gradeOf('A'),
    rubric53: null,
    unmodelled: [],
    ...more,
    scenarios,
    totals: {
      pass: count('pass'),
      fail: count('fail'),
      inconclusive: count('inconclusive'),
      notApplicable: count('not-applicable'),
      error: count('error'),
    },
  };
}
