// What failed, what broke, and what stayed open: each check with all it found, and the line that mends it.

import type { Result, ScenarioResult } from '../../harness/result.ts';
import { type Group, groupsOf, type Instance, neverConcluded } from '../findings.ts';
import { moment, numbers, storyName, storyWord } from '../phrases.ts';
import { html, type Markup } from './markup.ts';

/** The findings that a reader must see. */
export function findings(result: Result): Markup {
  const sections = [
    section('What failed', 'bad', groupsOf(result, 'fail'), each),
    section('Where hour4 itself failed', 'bad', groupsOf(result, 'error'), each),
    section('What could not be concluded', 'open', neverConcluded(result, 'inconclusive'), inALine),
  ];
  const said = sections.filter((part) => part !== null);
  return said.length > 0 ? html`${said}` : html`<section><h2>Nothing failed</h2></section>`;
}

/** Tells where the same thing was seen. */
type Places = (same: readonly Instance[]) => readonly Markup[];

function section(title: string, tone: string, groups: readonly Group[], places: Places): Markup | null {
  if (groups.length === 0) return null;
  return html`<section><h2>${title}</h2>${groups.map((group) => groupMarkup(group, tone, places))}</section>`;
}

// The same thing seen in several scenarios is told once.
function groupMarkup({ check, instances }: Group, tone: string, places: Places): Markup {
  const fixes = [...new Set(instances.flatMap(({ finding }) => finding.fix ?? []))];
  const told = [...Map.groupBy(instances, ({ finding }) => finding.message)];
  return html`<article class="finding ${tone}"><h3>${check}</h3>
<dl>${told.map(([message, same]) => html`${places(same)}<dd>${coded(message)}</dd>`)}</dl>
${fixes.map((fix) => html`<p class="fix">${coded(fix)}</p>`)}</article>`;
}

const each: Places = (same) => same.map(place);

// What did not happen has no moment and no evidence, and may have been missing everywhere.
const inALine: Places = (same) => {
  const links = [...new Set(same.map(({ scenario }) => scenario))].map(link);
  return [html`<dt>${links.map((each, index) => html`${index === 0 ? '' : ', '}${each}`)}</dt>`];
};

const link = (scenario: ScenarioResult) => html`<a href="#${storyWord(scenario)}">${storyName(scenario)}</a>`;

function place({ scenario, finding }: Instance): Markup {
  const when = finding.at === null ? null : ` at ${moment(finding.at)}`;
  return html`<dt>${link(scenario)}${when}${evidence(finding.evidence, scenario.ledger)}</dt>`;
}

function evidence(seqs: readonly number[], ledger: string | null): Markup | null {
  if (seqs.length === 0 || ledger === null) return null;
  return html` <span class="quiet">${ledger}, seq ${numbers(seqs)}</span>`;
}

/** A text in which backticks enclose code. */
export function coded(text: string): Markup {
  const parts = text.split(/`([^`]*)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}
