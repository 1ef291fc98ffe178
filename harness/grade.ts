// The grade: categories from verdicts, a letter from their mean, and what caps it.

import type { Category, Check, SubjectKind } from './check.ts';
import type { Cost, Finding, Grade, Letter, ScenarioResult } from './result.ts';

/** What a grade is made of. */
export interface Graded {
  readonly kind: SubjectKind;
  /** Every check there is, also those that no scenario asked. */
  readonly checks: readonly Check[];
  readonly scenarios: readonly Pick<ScenarioResult, 'findings'>[];
  readonly cost: Cost;
}

const CATEGORIES: readonly Category[] = [
  'expiry',
  'race',
  'rotation',
  'endOfLife',
  'identity',
  'herd',
  'honesty',
  'hygiene',
];

/** Without a word on these a letter would say too much. */
const INDISPENSABLE: readonly Category[] = ['expiry', 'race', 'endOfLife', 'honesty'];

const LETTERS = [
  { letter: 'A', least: 90 },
  { letter: 'B', least: 80 },
  { letter: 'C', least: 65 },
  { letter: 'D', least: 50 },
  { letter: 'F', least: 0 },
] as const satisfies readonly { letter: Letter; least: number }[];

/** The letters from best to worst. */
export const LETTER_ORDER: readonly Letter[] = ['A', 'B', 'C', 'D', 'F', 'N'];

/** A check with all that was found by it. */
interface Asked {
  readonly check: Check;
  readonly findings: readonly Finding[];
  readonly passes: number;
  readonly fails: number;
}

/** Grades a suite. */
export function grade({ kind, checks, scenarios, cost }: Graded): Grade {
  const asked = checks.filter((check) => check.kinds.includes(kind)).map((check) => ask(check, scenarios));
  const applicable = asked.filter(({ findings }) => findings.length === 0 || findings.some(isApplicable));
  const categories = Object.fromEntries(
    CATEGORIES.map((category) => [category, categoryScore(asked, category)]),
  ) as Record<Category, number | null>;
  return {
    ...letterOf(asked, categories),
    coverage: { concluded: asked.filter(isConcluded).length, of: applicable.length },
    categories,
    cost,
  };
}

function ask(check: Check, scenarios: Graded['scenarios']): Asked {
  const findings = scenarios.flatMap((scenario) => scenario.findings.filter((finding) => finding.check === check.id));
  const count = (verdict: Finding['verdict']) => findings.filter((finding) => finding.verdict === verdict).length;
  return { check, findings, passes: count('pass'), fails: count('fail') };
}

const isApplicable = ({ verdict }: Finding) => verdict !== 'not-applicable';
const isConcluded = ({ passes, fails }: Asked) => passes + fails > 0;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function categoryScore(asked: readonly Asked[], category: Category): number | null {
  const concluded = asked.filter((one) => one.check.category === category && isConcluded(one));
  if (concluded.length === 0) return null;
  return Math.round(100 * mean(concluded.map(({ passes, fails }) => passes / (passes + fails))));
}

function letterOf(
  asked: readonly Asked[],
  categories: Readonly<Record<Category, number | null>>,
): Pick<Grade, 'letter' | 'cappedBy'> {
  const silent = INDISPENSABLE.filter((category) => categories[category] === null && couldConclude(asked, category));
  const scores = CATEGORIES.map((category) => categories[category]).filter((score) => score !== null);
  if (silent.length > 0 || scores.length === 0) {
    const about = silent.length > 0 ? silent : INDISPENSABLE;
    return { letter: 'N', cappedBy: [`Nothing was concluded about ${about.join(', ')}, so there is no letter.`] };
  }
  const earned = letterFor(mean(scores));
  const caps = capsOf(asked).filter((cap) => rank(cap.letter) > rank(earned));
  const letter = caps.reduce<Letter>((worst, cap) => (rank(cap.letter) > rank(worst) ? cap.letter : worst), earned);
  return { letter, cappedBy: caps.filter((cap) => cap.letter === letter).map(({ sentence }) => sentence) };
}

// A category that no scenario of this run had a check for keeps no letter back.
function couldConclude(asked: readonly Asked[], category: Category): boolean {
  return asked.some(({ check, findings }) => check.category === category && findings.some(isApplicable));
}

const letterFor = (score: number): Letter => LETTERS.find(({ least }) => score >= least)?.letter ?? 'F';
const rank = (letter: Letter) => LETTER_ORDER.indexOf(letter);

interface Cap {
  readonly letter: Letter;
  readonly sentence: string;
}

/** Every ceiling that a failure puts on the letter, whether or not it is low enough to matter. */
function capsOf(asked: readonly Asked[]): readonly Cap[] {
  const failed = asked.filter(({ fails }) => fails > 0).map(({ check }) => check);
  const cap = (letter: Letter, what: string, which: (check: Check) => boolean): Cap[] => {
    const ids = failed.filter(which).map(({ id }) => id);
    return ids.length === 0 ? [] : [{ letter, sentence: `${what} (${ids.join(', ')}), so the letter is ${letter} at best.` }];
  };
  return [
    ...cap('F', 'A secret was leaked', ({ loses }) => loses === 'secret'),
    ...cap('F', "A token was used for somebody else's account", ({ id }) => id === 'right-identity'),
    ...cap('C', 'Work was skipped in silence', ({ id }) => id === 'no-silent-skip'),
    ...cap('C', 'A session was lost that a correct subject would have kept', ({ loses }) => loses === 'session'),
    ...cap('B', 'A check failed', () => true),
  ];
}
