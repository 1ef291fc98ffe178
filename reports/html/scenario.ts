// One scenario on the page: its verdict, its picture, the boundaries that were crossed, and every check's word.

import type { Ledger } from '../../harness/ledger.ts';
import type { ScenarioResult } from '../../harness/result.ts';
import { amount, moment, seconds, storyName, storyWord } from '../phrases.ts';
import { coded } from './findings.ts';
import { herdHistogram } from './histogram.ts';
import { timelineOf } from './lanes.ts';
import { html, type Markup } from './markup.ts';
import { timelineSvg } from './timeline.ts';

/** A scenario that was run; where its ledger is gone there is no picture. */
export function scenarioSection(scenario: ScenarioResult, ledger: Ledger | null): Markup {
  const { title, verdict, virtualMs, realMs } = scenario;
  const took = `${moment(virtualMs)} in ${seconds(realMs)} s`;
  return html`<section id="${storyWord(scenario)}" class="scenario">
<h2><span class="verdict ${verdict}">${verdict}</span> ${storyName(scenario)}</h2>
<p>${title}. <span class="quiet">${took}</span></p>
${ledger === null ? null : picture(ledger, virtualMs)}
${boundaries(scenario)}
${loss(scenario)}
<details><summary>${amount(scenario.findings.length, 'check')}</summary><table class="words">${scenario.findings.map(
    ({ check, verdict: word, message }) =>
      html`<tr><td><span class="verdict ${word}">${word}</span></td><th scope="row">${check}</th><td>${coded(message)}</td></tr>`,
  )}</table></details>
</section>`;
}

/** The scenarios that were not run, and why. */
export function notRun(scenarios: readonly ScenarioResult[]): Markup {
  if (scenarios.length === 0) return html``;
  const rows = scenarios.map(
    ({ id, title, verdict, findings }) =>
      html`<tr id="${id}"><td><span class="verdict ${verdict}">${verdict}</span></td><th scope="row">${id}</th><td>${title}. <span class="quiet">${findings[0]?.message ?? ''}</span></td></tr>`,
  );
  return html`<section><h2>Not run</h2><table class="words">${rows}</table></section>`;
}

function picture(ledger: Ledger, virtualMs: number): Markup {
  const timeline = timelineOf(ledger, virtualMs);
  const { accountsLeftOut } = timeline;
  const leftOut =
    accountsLeftOut === 0
      ? null
      : html`<p class="quiet">${amount(accountsLeftOut, 'further account')} left out: least happened to them.</p>`;
  return html`<div class="scroll">${timelineSvg(timeline)}</div>${leftOut}${herdHistogram(ledger, timeline.untilMs)}`;
}

function boundaries({ boundaries: all }: ScenarioResult): Markup | null {
  const crossed = all.filter(({ expiredAt, refreshes }) => expiredAt.length > 0 || refreshes > 0);
  if (crossed.length === 0) return null;
  const rows = crossed
    .slice(0, ROWS_MOST)
    .map(
      ({ account, crossed: count, expiredAt, refreshes }) =>
        html`<tr><th scope="row">${account}</th><td class="number">${count} of ${amount(expiredAt.length, 'expiry', 'expiries')} crossed</td><td class="number">${amount(refreshes, 'refresh', 'refreshes')}</td></tr>`,
    );
  const more =
    crossed.length > ROWS_MOST
      ? html`<p class="quiet">and ${crossed.length - ROWS_MOST} more accounts</p>`
      : null;
  return html`<table class="boundaries">${rows}</table>${more}`;
}

const ROWS_MOST = 12;

function loss({ loss: lost }: ScenarioResult): Markup | null {
  if (lost === null || lost.rowsMissing + lost.rowsIncomplete === 0) return null;
  return html`<p class="bad">${amount(lost.rowsMissing, 'row')} missing, ${lost.rowsIncomplete} incomplete.</p>`;
}
