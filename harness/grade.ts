// From findings to a letter, always with its coverage and with what holds it down.

import type { Category, Check, SubjectKind } from './check.ts';
import type { Cost, Finding, Grade, Letter, ScenarioResult } from './result.ts';

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
/** Without a word on these, nothing may be said of the whole. */
const MUST_CONCLUDE: readonly Category[] = ['expiry', 'race', 'endOfLife', 'honesty'];

/** The least mean for each letter. */
const LETTERS: readonly (readonly [Letter, number])[] = [
  ['A', 90],
  ['B', 80],
  ['C', 65],
  ['D', 50],
  ['F', 0],
];

/** What a grade is made of. */
export interface Graded {
  readonly kind: SubjectKind;
  readonly scenarios: readonly ScenarioResult[];
  /** Every check there is; those that the scenarios judged by count. */
  readonly checks: readonly Check[];
  readonly cost: Cost;
  /** Whether it ended before every scenario was judged; absent = no. */
  readonly wasInterrupted?: boolean;
}

/** The grade of a suite. */
export function grade({ kind, scenarios, checks, cost, wasInterrupted = false }: Graded): Grade {
  const judged = checks.filter(
    (check) => check.kinds.includes(kind) && findingsOf(scenarios, check.id).some(isApplicable),
  );
  const scores = new Map(judged.map((check) => [check, scoreOf(findingsOf(scenarios, check.id))]));
  const categories = Object.fromEntries(
    CATEGORIES.map((category) => {
      const ofCategory = judged
        .filter((check) => check.category === category)
        .map((check) => scores.get(check) ?? null);
      return [category, mean(ofCategory)];
    }),
  ) as Record<Category, number | null>;
  const concluded = judged.filter((check) => scores.get(check) !== null).length;
  const caps = capsOf(judged, scenarios);
  const unknown = MUST_CONCLUDE.filter(
    (category) => categories[category] === null && judged.some((check) => check.category === category),
  );
  const silences = wasInterrupted
    ? ['No letter: the run was interrupted.']
    : unknown.length === 0 && concluded === 0
      ? ['No letter: nothing could be concluded.']
      : unknown.map((category) => `No letter: nothing could be concluded about ${category}.`);
  const uncapped = letterFor(mean(CATEGORIES.map((category) => categories[category])));
  const capped = caps.reduce((letter, cap) => worse(letter, cap.letter), uncapped);
  return {
    letter: silences.length > 0 ? 'N' : capped,
    coverage: { concluded, of: judged.length },
    cappedBy: [...silences, ...caps.map(({ letter, why }) => `At most ${letter}: ${why}`)],
    categories,
    cost,
  };
}

// What cannot be judged here keeps no letter back and is no gap in the coverage.
const isApplicable = ({ verdict }: Finding) => verdict !== 'not-applicable';

function findingsOf(scenarios: readonly ScenarioResult[], check: string): readonly Finding[] {
  return scenarios.flatMap(({ findings }) => findings.filter((finding) => finding.check === check));
}

// 0..1, or null when the check concluded nothing anywhere.
function scoreOf(findings: readonly Finding[]): number | null {
  const passes = findings.filter(({ verdict }) => verdict === 'pass').length;
  const fails = findings.filter(({ verdict }) => verdict === 'fail').length;
  return passes + fails === 0 ? null : (passes / (passes + fails)) * 100;
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function letterFor(score: number | null): Letter {
  if (score === null) return 'N';
  return LETTERS.find(([, least]) => score >= least)?.[0] ?? 'F';
}

interface Cap {
  readonly letter: Letter;
  readonly why: string;
}

// The tightest first: that is what to mend first.
function capsOf(judged: readonly Check[], scenarios: readonly ScenarioResult[]): readonly Cap[] {
  const caps = judged.flatMap((check): Cap[] => {
    const failedIn = scenarios
      .filter(({ findings }) =>
        findings.some((finding) => finding.check === check.id && finding.verdict === 'fail'),
      )
      .map(({ id, variant }) => (variant === null ? id : `${id} (${variant})`));
    return failedIn.length === 0 ? [] : [capOf(check, failedIn.join(', '))];
  });
  return caps.sort((a, b) => ORDER.indexOf(b.letter) - ORDER.indexOf(a.letter));
}

function capOf(check: Check, where: string): Cap {
  if (check.loses === 'secret')
    return { letter: 'F', why: `a secret got out (${check.id} failed in ${where}).` };
  if (check.id === 'right-identity')
    return { letter: 'F', why: `a token was used for another tenant (${check.id} failed in ${where}).` };
  if (check.id === 'no-silent-skip')
    return { letter: 'C', why: `work was skipped in silence (${check.id} failed in ${where}).` };
  if (check.loses === 'session')
    return {
      letter: 'C',
      why: `a session was lost that could have been kept (${check.id} failed in ${where}).`,
    };
  return { letter: 'B', why: `${check.id} failed in ${where}.` };
}

const ORDER: readonly Letter[] = ['A', 'B', 'C', 'D', 'F', 'N'];
const worse = (a: Letter, b: Letter): Letter => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);
