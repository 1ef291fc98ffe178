// Several scorecards side by side: one column for each subject, one line for each thing to compare.

import type { Finding, Result } from '../harness/result.ts';
import { letterTone, type Paint, painter, VERDICT_TONES } from './paint.ts';
import { table } from './table.ts';

/** One subject of a comparison. */
export interface Column {
  readonly result: Result;
  /** Rows that the healthy twin wrote and this subject did not; null where nobody counted. */
  readonly rowsLost: number | null;
}

/** The comparison as lines of text, with a newline at its end. */
export function compare(columns: readonly Column[], { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  const line = (name: string, cell: (column: Column) => string) => [name, ...columns.map(cell)];
  const checks = new Set(columns.flatMap(({ result }) => findingsOf(result).map(({ check }) => check)));
  const rows = [
    line('', ({ result }) => paint('head', result.subject.name)),
    line('grade', ({ result }) => paint(letterTone(result.grade.letter), result.grade.letter)),
    line(
      'checks concluded',
      ({ result }) => `${result.grade.coverage.concluded} of ${result.grade.coverage.of}`,
    ),
    line('rows lost', ({ rowsLost }) => lost(rowsLost, paint)),
    line(
      'refreshes (needed)',
      ({ result }) => `${result.grade.cost.refreshes} (${result.grade.cost.needed})`,
    ),
    line('calls refused', ({ result }) => String(result.grade.cost.wastedCalls)),
    ...[...checks].map((check) => line(check, ({ result }) => verdictCell(result, check, paint))),
  ];
  return `${table(rows).join('\n')}\n`;
}

const findingsOf = (result: Result): readonly Finding[] =>
  result.scenarios.flatMap(({ findings }) => findings);

function lost(rows: number | null, paint: Paint): string {
  if (rows === null) return '-';
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
