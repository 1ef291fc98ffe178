// The result for CI servers: JUnit XML, a suite for each scenario and a case for each check.

import XMLBuilder from 'fast-xml-builder';
import type { Finding, Result, ScenarioResult } from '../harness/result.ts';
import { moment, numbers, seconds, storyWord } from './phrases.ts';
import type { Report } from './report.ts';

const junit: Report = {
  id: 'junit',
  title: 'for CI servers: JUnit XML, a case for each check in each scenario',
  render: (result) => {
    const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });
    const document = {
      '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
      testsuites: {
        '@_name': `hour4 ${clean(result.subject.name)}`,
        ...countsOf(result.scenarios.flatMap(({ findings }) => findings)),
        '@_time': seconds(result.scenarios.reduce((sum, { realMs }) => sum + realMs, 0)),
        testsuite: result.scenarios.map((scenario) => suiteOf(scenario, result)),
      },
    };
    return `${builder.build(document).trimEnd()}\n`;
  },
};

export default junit;

function suiteOf(scenario: ScenarioResult, { subject, startedAt, seed, grade }: Result) {
  const name = storyWord(scenario);
  const said = { name: 'seed', value: String(seed) };
  const properties = [
    said,
    { name: 'grade', value: grade.letter },
    { name: 'subject', value: clean(subject.name) },
  ];
  return {
    '@_name': name,
    ...countsOf(scenario.findings),
    '@_time': seconds(scenario.realMs),
    '@_timestamp': startedAt,
    properties: {
      property: properties.map((property) => ({ '@_name': property.name, '@_value': property.value })),
    },
    testcase: scenario.findings.map((finding) => caseOf(finding, scenario)),
  };
}

function caseOf(finding: Finding, scenario: ScenarioResult) {
  const { check, verdict, message } = finding;
  const named = { '@_classname': `hour4.${storyWord(scenario)}`, '@_name': check, '@_time': '0' };
  const said = { '@_message': clean(message) };
  switch (verdict) {
    case 'pass':
      return named;
    case 'fail':
      return { ...named, failure: { ...said, '@_type': check, '#text': clean(detailOf(finding, scenario)) } };
    case 'error':
      return { ...named, error: { ...said, '@_type': 'hour4', '#text': clean(message) } };
    default:
      return { ...named, skipped: said };
  }
}

function detailOf({ message, fix, at, evidence }: Finding, { ledger }: ScenarioResult): string {
  const place =
    ledger === null || evidence.length === 0 ? [] : [`Evidence: ${ledger}, seq ${numbers(evidence)}`];
  const when = at === null ? [] : [`At ${moment(at)} of virtual time`];
  return [message, ...(fix === null ? [] : [`Fix: ${fix}`]), ...when, ...place].join('\n');
}

function countsOf(findings: readonly Finding[]) {
  const count = (...verdicts: readonly Finding['verdict'][]) =>
    findings.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    '@_tests': findings.length,
    '@_failures': count('fail'),
    '@_errors': count('error'),
    '@_skipped': count('inconclusive', 'not-applicable'),
  };
}

/** Without the characters that XML 1.0 has no way to write. */
const clean = (text: string) => text.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd');
