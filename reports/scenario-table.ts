// One line for each scenario: how it ended, what was judged, what was lost, how long it took.

import type { Result, ScenarioResult } from '../harness/result.ts';
import { type Paint, VERDICT_TONES } from './paint.ts';
import { amount, moment, seconds, storyName } from './phrases.ts';
import { table } from './table.ts';

/** The table under its heading; nothing when there is no scenario. */
export function scenarioTable({ scenarios: all }: Result, paint: Paint): string[] {
  const row = (scenario: ScenarioResult): string[] => [
    paint(VERDICT_TONES[scenario.verdict], scenario.verdict),
    storyName(scenario),
    scenario.ledger === null ? 'not run' : counts(scenario),
    lossOf(scenario, paint),
    scenario.ledger === null
      ? whyNotRun(scenario)
      : `${moment(scenario.virtualMs)} in ${seconds(scenario.realMs)} s`,
  ];
  if (all.length === 0) return [];
  return [paint('head', 'Scenarios'), ...table(all.map(row), 2)];
}

const whyNotRun = ({ findings }: ScenarioResult) => findings[0]?.message ?? 'It was not run.';

function lossOf({ loss }: ScenarioResult, paint: Paint): string {
  if (loss === null || loss.rowsMissing + loss.rowsIncomplete === 0) return '';
  const parts = [
    loss.rowsMissing === 0 ? [] : `${amount(loss.rowsMissing, 'row')} missing`,
    loss.rowsIncomplete === 0 ? [] : `${loss.rowsIncomplete} incomplete`,
  ];
  return paint('bad', parts.flat().join(', '));
}

const COUNTED = [
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['error', 'broke'],
  ['inconclusive', 'open'],
] as const;

function counts({ findings }: ScenarioResult): string {
  const parts = COUNTED.map(([verdict, word]) => {
    const count = findings.filter((finding) => finding.verdict === verdict).length;
    return count === 0 ? '' : `${count} ${word}`;
  });
  return parts.filter((part) => part !== '').join(', ') || 'nothing judged';
}
