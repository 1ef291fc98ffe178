// The result as a person wants it: the letter and what holds it down, each failure with its fix, then the rest.

import type { Category } from '../harness/check.ts';
import type { Boundary, Result } from '../harness/result.ts';
import { type Group, groupsOf, type Instance, neverConcluded } from './findings.ts';
import { letterTone, type Paint, painter } from './paint.ts';
import { amount, moment, numbers, paragraph, seconds, storyName } from './phrases.ts';
import type { Report } from './report.ts';
import { scenarioTable } from './scenario-table.ts';
import { table } from './table.ts';

const text: Report = {
  id: 'text',
  title: 'for people: letter, failures with their fixes, boundaries, cost, scenarios',
  render: (result, { color, outDir }) => {
    const paint = painter(color);
    const sections = [
      verdictOf(result, paint),
      failures(result, paint),
      faults(result, paint),
      open(result, paint),
      unmodelled(result, paint),
      boundaries(result, paint),
      cost(result, paint),
      scenarioTable(result, paint),
      ending(result, outDir),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`;
  },
};

export default text;

function verdictOf({ subject, seed, grade }: Result, paint: Paint): string[] {
  const { letter, coverage, cappedBy, categories } = grade;
  const scores = (Object.entries(categories) as [Category, number | null][])
    .filter(([, score]) => score !== null)
    .map(([category, score]) => `${category} ${Math.round(score ?? 0)}`);
  return [
    `${paint('head', subject.name)} (${subject.kind}, ${subject.time} time, seed ${seed})`,
    `Grade ${paint(letterTone(letter), letter)}, ${coverage.concluded} of ${amount(coverage.of, 'check')} concluded`,
    ...cappedBy.flatMap((sentence) => paragraph(sentence, 2)),
    ...(scores.length === 0 ? [] : paragraph(`Out of 100: ${scores.join(', ')}`, 2)),
  ];
}

function failures(result: Result, paint: Paint): string[] {
  const groups = groupsOf(result, 'fail');
  if (groups.length === 0) return [];
  return [paint('head', 'What failed'), ...groups.flatMap((group) => failure(group, paint))];
}

function failure({ check, instances }: Group, paint: Paint): string[] {
  const fixes = new Set(instances.map(({ finding }) => finding.fix).filter((fix) => fix !== null));
  return [
    `  ${paint('bad', check)}`,
    ...[...byMessage(instances)].flatMap(([message, same]) => [
      ...paragraph(`${same.map(({ scenario }) => storyName(scenario)).join(', ')}: ${message}`, 4),
      ...same.flatMap(({ finding, scenario }) => evidence(finding.evidence, scenario.ledger, paint)),
    ]),
    ...[...fixes].flatMap((fix) => paragraph(`Fix: ${fix}`, 4)),
  ];
}

// The same thing seen in several scenarios is told once.
function byMessage(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  return Map.groupBy(instances, ({ finding }) => finding.message);
}

function evidence(seqs: readonly number[], ledger: string | null, paint: Paint): string[] {
  if (seqs.length === 0 || ledger === null) return [];
  return [paint('quiet', `      ${ledger}, seq ${numbers(seqs)}`)];
}

function faults(result: Result, paint: Paint): string[] {
  const groups = groupsOf(result, 'error');
  if (groups.length === 0) return [];
  const lines = groups.flatMap(({ check, instances }) =>
    instances.flatMap(({ scenario, finding }) =>
      paragraph(`${check} in ${storyName(scenario)}: ${finding.message}`, 2),
    ),
  );
  return [paint('head', 'Where hour4 itself failed'), ...lines];
}

function open(result: Result, paint: Paint): string[] {
  const groups = neverConcluded(result, 'inconclusive');
  if (groups.length === 0) return [];
  const lines = groups.flatMap(({ check, instances }) =>
    paragraph(`${check}: ${[...new Set(instances.map(({ finding }) => finding.message))].join(' ')}`, 2),
  );
  return [paint('head', 'What could not be concluded'), ...lines];
}

function unmodelled(result: Result, paint: Paint): string[] {
  const lines = result.unmodelled.flatMap(({ service, method, path, count, stub }) => [
    `  ${service}: ${method} ${path}, ${amount(count, 'call')}`,
    paint('quiet', `    Add: \`${stub}\``),
  ]);
  return lines.length === 0 ? [] : [paint('head', 'Routes that no mock models, and what to add'), ...lines];
}

const hasRun = ({ scenarios: all }: Result) => all.some(({ ledger }) => ledger !== null);

/** Of a herd the first accounts are shown, and the rest as one. */
const SHOWN_ACCOUNTS = 10;

function boundaries(result: Result, paint: Paint): string[] {
  if (!hasRun(result)) return [];
  const rows = result.scenarios.flatMap((scenario) => {
    const crossed = scenario.boundaries.filter(
      ({ expiredAt, refreshes }) => expiredAt.length > 0 || refreshes > 0,
    );
    const rest = crossed.slice(SHOWN_ACCOUNTS);
    return [
      ...crossed
        .slice(0, SHOWN_ACCOUNTS)
        .map((boundary, index) => boundaryRow(index === 0 ? storyName(scenario) : '', boundary)),
      ...(rest.length === 0 ? [] : [restRow(rest)]),
    ];
  });
  const lines =
    rows.length === 0 ? ['  none: no access token died of age while a subject ran'] : table(rows, 2);
  return [paint('head', 'Boundaries crossed'), ...lines];
}

function boundaryRow(scenario: string, { account, expiredAt, crossed, refreshes }: Boundary): string[] {
  const [first] = expiredAt;
  return [
    scenario,
    account,
    ...crossings(crossed, expiredAt.length, refreshes),
    first === undefined ? '' : `first at ${moment(first)}`,
  ];
}

function restRow(rest: readonly Boundary[]): string[] {
  const sum = (numberOf: (boundary: Boundary) => number) =>
    rest.reduce((total, boundary) => total + numberOf(boundary), 0);
  return [
    '',
    `and ${rest.length} more`,
    ...crossings(
      sum(({ crossed }) => crossed),
      sum(({ expiredAt }) => expiredAt.length),
      sum(({ refreshes }) => refreshes),
    ),
  ];
}

const crossings = (crossed: number, expiries: number, refreshes: number): string[] => [
  `${crossed} of ${amount(expiries, 'expiry', 'expiries')}`,
  amount(refreshes, 'refresh', 'refreshes'),
];

function cost(result: Result, paint: Paint): string[] {
  if (!hasRun(result)) return [];
  const { refreshes, needed, wastedCalls, callsAfterTerminal, wastedVirtualMs } = result.grade.cost;
  const sentence =
    `${amount(refreshes, 'refresh', 'refreshes')} where ${needed} ${needed === 1 ? 'was' : 'were'} needed, ` +
    `${amount(wastedCalls, 'call')} with a dead credential, ` +
    `${callsAfterTerminal} after a terminal refusal, ` +
    `${seconds(wastedVirtualMs)} virtual s spent on refusals.`;
  return [paint('head', 'Cost, beside the grade'), ...paragraph(sentence, 2)];
}

function ending(result: Result, outDir: string): string[] {
  const { totals, rubric53 } = result;
  const { pass, fail, inconclusive, notApplicable, error } = totals;
  return [
    ...(rubric53 === null ? [] : [`Challenge 53: level ${rubric53.score} of 3`]),
    `${pass} passed, ${fail} failed, ${inconclusive} inconclusive, ${notApplicable} not applicable` +
      (error === 0 ? '' : `, ${amount(error, 'error')}`),
    ...(hasRun(result) ? [`Ledgers and logs are in ${outDir}`] : []),
  ];
}
