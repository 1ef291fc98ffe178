// The result for a pull request: what to mend first, then the tables, in Markdown.

import type { Result, ScenarioResult } from '../harness/result.ts';
import { groupsOf, type Instance, neverConcluded } from './findings.ts';
import { amount, moment, numbers, seconds, storyName } from './phrases.ts';
import type { Report } from './report.ts';

const markdown: Report = {
  id: 'markdown',
  title: 'for pull requests: the grade, failures with their fixes, a table of scenarios',
  render: (result) =>
    `${[heading(result), failures(result), broken(result), open(result), scenarios(result), totals(result)]
      .filter((part) => part !== '')
      .join('\n\n')}\n`,
};

export default markdown;

function heading({ subject, seed, grade, rubric53 }: Result): string {
  const { letter, coverage, cappedBy } = grade;
  const level = rubric53 === null ? [] : [`Challenge 53: level ${rubric53.score} of 3.`];
  return [
    `## hour4: ${escaped(subject.name)} gets ${letter === 'N' ? 'no letter' : letter}`,
    '',
    `${subject.kind}, ${subject.time} time, seed ${seed}; ${coverage.concluded} of ${amount(coverage.of, 'check')} concluded.`,
    ...cappedBy.map((why) => `- ${escaped(why)}`),
    ...level,
  ].join('\n');
}

function failures(result: Result): string {
  const groups = groupsOf(result, 'fail');
  if (groups.length === 0) return '';
  return [
    '### What failed',
    ...groups.map(({ check, instances }) => `- **${check}**\n${instances.map(instance).join('\n')}`),
  ].join('\n\n');
}

function instance({ scenario, finding }: Instance): string {
  const { ledger } = scenario;
  const { message, fix, evidence } = finding;
  const place = ledger === null || evidence.length === 0 ? '' : ` (\`${ledger}\`, seq ${numbers(evidence)})`;
  return [
    `  - ${storyName(scenario)}: ${escaped(message)}${place}`,
    ...(fix === null ? [] : [`    - Fix: ${escaped(fix)}`]),
  ].join('\n');
}

function broken(result: Result): string {
  const groups = groupsOf(result, 'error');
  if (groups.length === 0) return '';
  const lines = groups.flatMap(({ check, instances }) =>
    instances.map(
      ({ scenario, finding }) => `- **${check}** in ${storyName(scenario)}: ${escaped(finding.message)}`,
    ),
  );
  return ['### Where hour4 itself failed', ...lines].join('\n\n');
}

function open(result: Result): string {
  const groups = neverConcluded(result, 'inconclusive');
  if (groups.length === 0) return '';
  const lines = groups.map(({ check, instances }) => {
    const messages = new Set(instances.map(({ finding }) => finding.message));
    return `- **${check}**: ${escaped([...messages].join(' '))}`;
  });
  return `### What could not be concluded\n\n${lines.join('\n')}`;
}

function scenarios({ scenarios: all }: Result): string {
  if (all.length === 0) return '';
  const rows = all.map((scenario) => `| ${row(scenario).join(' | ')} |`);
  return ['| scenario | verdict | failed | lost | took |', '|---|---|---|---|---|', ...rows].join('\n');
}

function row(scenario: ScenarioResult): string[] {
  const { verdict, findings, loss, virtualMs, realMs, ledger } = scenario;
  const failed = findings.filter((finding) => finding.verdict === 'fail').map(({ check }) => check);
  const lost = [
    loss === null || loss.rowsMissing === 0 ? [] : `${amount(loss.rowsMissing, 'row')} missing`,
    loss === null || loss.rowsIncomplete === 0 ? [] : `${loss.rowsIncomplete} incomplete`,
  ].flat();
  return [
    storyName(scenario),
    verdict,
    failed.join(', '),
    lost.join(', '),
    ledger === null ? 'not run' : `${moment(virtualMs)} in ${seconds(realMs)} s`,
  ];
}

function totals({ totals: { pass, fail, inconclusive, notApplicable, error } }: Result): string {
  const broke = error === 0 ? '' : `, ${amount(error, 'error')}`;
  return `${pass} passed, ${fail} failed, ${inconclusive} inconclusive, ${notApplicable} not applicable${broke}`;
}

// Outside of code, nothing that a subject says may become markup of the page that shows it.
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\*_[\]<>#|~]/g, '\\$&')))
    .join('')
    .replaceAll(/\s+/g, ' ');
}
