// For cohorts: how many refreshes were committed in each stretch of virtual time.

import type { Ledger } from '../../harness/ledger.ts';
import { moment } from '../phrases.ts';
import { html, type Markup } from './markup.ts';
import { scaleOf, WIDTH } from './timeline.ts';

const HEIGHT = 120;
const BASE = 100;
const COLUMNS = 120;
/** Fewer accounts than this are no cohort. */
const COHORT = 20;

/** The histogram of a cohort; null for a few accounts, and where nobody refreshed. */
export function herdHistogram(ledger: Ledger, untilMs: number): Markup | null {
  if (ledger.world.accounts.length < COHORT) return null;
  const refreshes = ledger.entries.filter(
    (entry) => entry.kind === 'exchange.answered' && entry.endpoint === 'token' && entry.truth === 'ok',
  );
  if (refreshes.length === 0) return null;
  const columnMs = Math.max(1000, Math.ceil(untilMs / COLUMNS));
  const counts = new Map<number, number>();
  for (const { at } of refreshes) {
    const column = Math.floor(at / columnMs);
    counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  const most = Math.max(1, ...counts.values());
  const scale = scaleOf(untilMs);
  const width = (scale(columnMs) - scale(0)) * 0.9;
  const columns = [...counts].map(([column, count]) => {
    const height = (count / most) * (BASE - 16);
    const x = scale(column * columnMs);
    return html`<rect class="column" x="${x.toFixed(2)}" y="${(BASE - height).toFixed(2)}" width="${width.toFixed(2)}" height="${height.toFixed(2)}"><title>${moment(column * columnMs)}: ${count}</title></rect>`;
  });
  return html`<figure><div class="scroll"><svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="refreshes by virtual time">
${columns}
<line class="rule" x1="${scale(0)}" x2="${scale(untilMs)}" y1="${BASE}" y2="${BASE}"/>
<text class="moment from" x="${scale(0)}" y="116">00:00:00</text><text class="moment to" x="${scale(untilMs)}" y="116">${moment(untilMs)}</text>
</svg></div><figcaption>Refreshes of ${ledger.world.accounts.length} accounts, for each ${Math.round(columnMs / 1000)} virtual s; at most ${most}.</figcaption></figure>`;
}
