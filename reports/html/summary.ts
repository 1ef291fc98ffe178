// The head of the page: the letter, what holds it down, the categories, the cost, and the ladder of challenge 53.

import type { Grade, Result, Rubric53 } from '../../harness/result.ts';
import { amount, seconds } from '../phrases.ts';
import { html, type Markup } from './markup.ts';

/** The grade. */
export function summary({ subject, seed, grade, totals, tool, startedAt }: Result): Markup {
  const { letter, coverage, cappedBy } = grade;
  const { pass, fail, inconclusive, notApplicable, error } = totals;
  return html`<header>
<div class="letter letter-${letter}" aria-label="grade">${letter}</div>
<div>
<h1>${subject.name}</h1>
<p>${subject.kind}, ${subject.time} time, seed ${seed}; ${coverage.concluded} of ${amount(coverage.of, 'check')} concluded</p>
<p class="totals">${pass} passed, <span class="${fail > 0 ? 'bad' : ''}">${fail} failed</span>, ${inconclusive} inconclusive, ${notApplicable} not applicable${error > 0 ? `, ${amount(error, 'error')}` : ''}</p>
${cappedBy.length === 0 ? null : html`<ul class="caps">${cappedBy.map((why) => html`<li>${why}</li>`)}</ul>`}
</div>
</header>
<section class="columns">
${categories(grade)}
${cost(grade)}
</section>
<p class="quiet">hour4 ${tool.version}, ${startedAt}</p>`;
}

function categories({ categories: all }: Grade): Markup {
  const rows = Object.entries(all).map(([name, score]) => {
    const bar = html`<div class="gauge"><div class="gauge-full" style="width: ${score ?? 0}%"></div></div>`;
    return html`<tr><th scope="row">${name}</th><td>${score === null ? html`<span class="quiet">nothing concluded</span>` : bar}</td><td class="number">${score === null ? '' : Math.round(score)}</td></tr>`;
  });
  return html`<div><h2>Categories</h2><table>${rows}</table></div>`;
}

function cost({
  cost: { refreshes, needed, wastedCalls, callsAfterTerminal, wastedVirtualMs },
}: Grade): Markup {
  const rows = [
    ['refreshes', refreshes],
    ['refreshes that were needed', needed],
    ['calls with a dead credential', wastedCalls],
    ['calls after a terminal refusal', callsAfterTerminal],
    ['virtual s spent on refusals', seconds(wastedVirtualMs)],
  ] as const;
  return html`<div><h2>Cost, beside the grade</h2><table>${rows.map(
    ([what, value]) => html`<tr><th scope="row">${what}</th><td class="number">${value}</td></tr>`,
  )}</table></div>`;
}

const LEVELS = [1, 2, 3] as const;

/** The ladder of challenge 53. */
export function ladder({ score, distinguishable, conditions }: Rubric53): Markup {
  const rungs = LEVELS.map((level) => {
    const asked = conditions.filter((condition) => condition.level === level);
    const rows = asked.map(
      ({ condition, met, evidence, fix }) =>
        html`<li class="${met ? 'met' : 'unmet'}"><strong>${condition}</strong> ${evidence}${fix === null ? null : html`<br><span class="fix">${fix}</span>`}</li>`,
    );
    return html`<li class="rung ${score >= level ? 'reached' : ''}"><h3>Level ${level}</h3><ul>${rows}</ul></li>`;
  });
  return html`<section><h2>Challenge 53: level ${score} of 3</h2>
<p>Expiry and denial can be told apart: ${distinguishable}.</p>
<ol class="ladder">${rungs}</ol></section>`;
}
