// From a result to an exit code: what a pipeline may demand, and which demands were not met.

import type { Letter, Result } from '../result.ts';

/** What must hold for a run to succeed. */
export interface Demands {
  readonly failOn: 'fail' | 'inconclusive';
  /** Checks that must have passed somewhere and failed nowhere. */
  readonly require: readonly string[];
  readonly minGrade: Letter | null;
}

/** How a run ends. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 3;
  /** Why it is not 0, in whole sentences. */
  readonly reasons: readonly string[];
}

/** The letters that can be demanded, best first. */
export const GRADES: readonly Letter[] = ['A', 'B', 'C', 'D', 'F'];

/** Judges a result by the demands. */
export function outcomeOf(result: Result, { failOn, require, minGrade }: Demands): Outcome {
  const { totals, grade } = result;
  if (totals.error > 0) {
    return { exitCode: 3, reasons: [`hour4 itself failed in ${totals.error} of the checks.`] };
  }
  const reasons = [
    ...(totals.fail > 0 ? [`${totals.fail} of the checks failed.`] : []),
    ...(totals.pass + totals.fail === 0 ? ['Nothing could be concluded.'] : []),
    ...(failOn === 'inconclusive' ? undecided(result).map((id) => `${id} could not be concluded.`) : []),
    ...require.filter((id) => !hasPassed(result, id)).map((id) => `${id} is required and did not pass.`),
    ...(minGrade === null || reaches(grade.letter, minGrade)
      ? []
      : [`The grade is ${grade.letter}, and at least ${minGrade} is demanded.`]),
  ];
  return { exitCode: reasons.length === 0 ? 0 : 1, reasons };
}

const reaches = (letter: Letter, least: Letter) =>
  GRADES.includes(letter) && GRADES.indexOf(letter) <= GRADES.indexOf(least);

function verdictsOf(result: Result, check: string): ReadonlySet<string> {
  const findings = result.scenarios.flatMap((scenario) => scenario.findings);
  return new Set(findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict));
}

function hasPassed(result: Result, check: string): boolean {
  const verdicts = verdictsOf(result, check);
  return verdicts.has('pass') && !verdicts.has('fail');
}

/** The checks that were asked and could conclude nothing in any scenario. */
function undecided(result: Result): readonly string[] {
  const asked = new Set(result.scenarios.flatMap(({ findings }) => findings.map(({ check }) => check)));
  return [...asked].filter((check) => {
    const verdicts = verdictsOf(result, check);
    return verdicts.has('inconclusive') && !verdicts.has('pass') && !verdicts.has('fail');
  });
}

/** Where the verdicts of two runs of the same seed differ, in whole sentences. */
export function differences(first: Result, second: Result): readonly string[] {
  const [before, after] = [verdictTable(first), verdictTable(second)];
  const places = new Set([...before.keys(), ...after.keys()]);
  return [...places].flatMap((place) => {
    const [was, is] = [before.get(place) ?? 'not asked', after.get(place) ?? 'not asked'];
    return was === is ? [] : [`${place} was ${was} and then ${is}, with the same seed.`];
  });
}

function verdictTable({ scenarios }: Result): Map<string, string> {
  return new Map(
    scenarios.flatMap(({ id, variant, findings }) => {
      const story = variant === null ? id : `${id} (${variant})`;
      return findings.map(({ check, verdict }) => [`${check} in ${story}`, verdict] as const);
    }),
  );
}
