// Several scorecards side by side: one column for each subject, one line for each thing to compare.

import type { Finding, Loss, Result } from '../harness/result.ts';
import { letterTone, type Paint, painter, VERDICT_TONES } from './paint.ts';
import { table } from './table.ts';

/** The comparison as lines of text, with a newline at its end. */
export function compare(results: readonly Result[], { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  const line = (name: string, cell: (result: Result) => string) => [name, ...results.map(cell)];
  const checks = new Set(results.flatMap((result) => findingsOf(result).map(({ check }) => check)));
  const rows = [
    line('', (result) => paint('head', result.subject.name)),
    line('grade', (result) => paint(letterTone(result.grade.letter), result.grade.letter)),
    line('checks concluded', (result) => `${result.grade.coverage.concluded} of ${result.grade.coverage.of}`),
    line('rows missing', (result) => lost(result, 'rowsMissing', paint)),
    line('rows incomplete', (result) => lost(result, 'rowsIncomplete', paint)),
    line('refreshes (needed)', (result) => `${result.grade.cost.refreshes} (${result.grade.cost.needed})`),
    line('calls refused', (result) => String(result.grade.cost.wastedCalls)),
    ...[...checks].map((check) => line(check, (result) => verdictCell(result, check, paint))),
  ];
  return `${table(rows).join('\n')}\n`;
}

const findingsOf = (result: Result): readonly Finding[] =>
  result.scenarios.flatMap(({ findings }) => findings);

// All the rows of all the scenarios that had a twin to compare with.
function lost({ scenarios }: Result, what: keyof Loss, paint: Paint): string {
  const losses = scenarios.map(({ loss }) => loss).filter((loss) => loss !== null);
  if (losses.length === 0) return '-';
  const rows = losses.reduce((sum, loss) => sum + loss[what], 0);
  return paint(rows === 0 ? 'good' : 'bad', String(rows));
}

// The worst word that a check had to say, and in how many scenarios it said it.
function verdictCell(result: Result, check: string, paint: Paint): string {
  const verdicts = findingsOf(result)
    .filter((finding) => finding.check === check)
    .map(({ verdict }) => verdict);
  const count = (wanted: Finding['verdict']) => verdicts.filter((verdict) => verdict === wanted).length;
  for (const verdict of ['error', 'fail', 'pass'] as const) {
    if (count(verdict) === 0) continue;
    const concluded = count('pass') + count('fail') + count('error');
    return paint(
      VERDICT_TONES[verdict],
      verdict === 'pass' ? 'pass' : `${verdict} in ${count(verdict)} of ${concluded}`,
    );
  }
  return count('inconclusive') > 0 ? paint('open', 'open') : '-';
}
