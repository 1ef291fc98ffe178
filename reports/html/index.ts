// The result as a page of its own: nothing to load, nothing to run, light and dark.

import type { Result } from '../../harness/result.ts';
import type { Report } from '../report.ts';
import { findings } from './findings.ts';
import type { MarkKind } from './lanes.ts';
import { html, type Markup } from './markup.ts';
import { notRun, scenarioSection } from './scenario.ts';
import { STYLE } from './style.ts';
import { ladder, summary } from './summary.ts';
import { SHAPES } from './timeline.ts';

const page: Report = {
  id: 'html',
  title: 'a page for people: grade, failures with their fixes, a picture of each scenario',
  render: (result, { readLedger = () => null }) => {
    const sections = result.scenarios.flatMap((scenario) =>
      scenario.ledger === null ? [] : [scenarioSection(scenario, readLedger(scenario.ledger))],
    );
    const rest = notRun(result.scenarios.filter(({ ledger }) => ledger === null));
    return `<!doctype html>\n${document(result, [...sections, rest]).markup}\n`;
  },
};

export default page;

function document(result: Result, sections: readonly Markup[]): Markup {
  const { subject, grade, rubric53 } = result;
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>hour4: ${subject.name}, ${grade.letter}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
${summary(result)}
${rubric53 === null ? null : ladder(rubric53)}
${findings(result)}
${legend()}
${sections}
</body>
</html>`;
}

const MEANINGS: Readonly<Record<MarkKind, string>> = {
  refresh: 'refresh',
  refusal: 'refused, or a leak',
  lost: 'no answer',
  fault: 'fault',
  gate: 'gate',
  act: 'act',
  event: 'event',
  claim: 'claim',
  process: 'process',
};

function legend(): Markup {
  const marks = Object.entries(MEANINGS).map(
    ([kind, meaning]) =>
      html`<span><svg viewBox="-8 -8 16 16" aria-hidden="true"><path class="mark ${kind}" d="${SHAPES[kind as MarkKind]}"/></svg>${meaning}</span>`,
  );
  return html`<p class="legend">${marks}<span>upper bars: access tokens</span><span>lower bars: refresh tokens</span></p>`;
}
