// How well a tool tells an expiry apart: the conditions of challenge 53 with what shows each, and what to change.

import type { Conduct, Result, Rubric53, RubricCondition } from '../harness/result.ts';
import { type Paint, painter } from './paint.ts';
import { amount, paragraph } from './phrases.ts';
import type { Report } from './report.ts';
import { table } from './table.ts';

const rubric: Report = {
  id: 'rubric',
  title: 'the score of challenge 53: conditions, evidence, conduct, and what to change',
  render: (result, { color, outDir }) => {
    const paint = painter(color);
    const { rubric53, subject } = result;
    const sections =
      rubric53 === null
        ? [noScore(result)]
        : [
            score(rubric53, paint),
            conditions(rubric53, paint),
            conduct(rubric53, paint),
            change(rubric53, paint),
          ];
    const head = [`${paint('head', subject.name)} (${subject.kind}, ${subject.time} time)`];
    const foot = [`Ledgers and logs are in ${outDir}`];
    return `${[head, ...sections, foot]
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`;
  },
};

export default rubric;

function noScore({ scenarios }: Result): string[] {
  const reasons = scenarios.flatMap(({ findings }) =>
    findings.filter(({ verdict }) => verdict === 'inconclusive').map(({ message }) => message),
  );
  return [
    'Challenge 53: no score: it takes a failure by expiry and a denial, and not both were seen.',
    ...[...new Set(reasons)].flatMap((reason) => paragraph(reason, 2)),
  ];
}

const TOLD = {
  'by exit code': 'An expiry can be told from a denial by its exit code.',
  'by text': 'An expiry can be told from a denial by its text only.',
  no: 'An expiry cannot be told from a denial.',
} as const;

function score({ score: level, distinguishable }: Rubric53, paint: Paint): string[] {
  const tone = level === 3 ? 'good' : level === 0 ? 'bad' : 'open';
  return [`Challenge 53: score ${paint(tone, String(level))} of 3`, `  ${TOLD[distinguishable]}`];
}

function conditions({ conditions: all }: Rubric53, paint: Paint): string[] {
  const lines = all.flatMap(({ level, condition, met, evidence }) => [
    `  ${level}  ${met ? paint('good', 'met    ') : paint('bad', 'not met')}  ${condition}`,
    ...paragraph(evidence, 14).map((line) => paint('quiet', line)),
  ]);
  return [paint('head', 'Conditions, by level'), ...lines];
}

function conduct({ conduct: calls }: Rubric53, paint: Paint): string[] {
  if (calls.length === 0) return [];
  const rows = calls.map(({ scenario, step, command, exitCode, requests, refreshes }: Conduct, nth) => [
    scenario === calls[nth - 1]?.scenario ? '' : scenario,
    step,
    exitCode === null ? 'no exit' : `exit ${exitCode}`,
    amount(requests, 'request'),
    amount(refreshes, 'refresh', 'refreshes'),
    command,
  ]);
  return [paint('head', 'What it did'), ...table(rows, 2)];
}

function change({ score: level, conditions: all, example }: Rubric53, paint: Paint): string[] {
  const missed = all.filter(({ met }) => !met);
  const next = Math.min(...missed.map((condition: RubricCondition) => condition.level));
  const fixes = missed.filter((condition) => condition.level === next).flatMap(({ fix }) => fix ?? []);
  if (fixes.length === 0) return [];
  return [
    paint('head', `What to change to get beyond ${level}`),
    ...fixes.flatMap((fix) =>
      paragraph(fix, 4).map((line, nth) => (nth === 0 ? `  - ${line.trim()}` : line)),
    ),
    ...(example === null
      ? []
      : [
          '  On expiry, for example:',
          ...JSON.stringify(example, null, 2)
            .split('\n')
            .map((line) => `    ${line}`),
        ]),
  ];
}
