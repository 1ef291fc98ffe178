// The picture of one scenario: virtual time from left to right, tokens as bars, everything else as marks, in static SVG.

import { moment } from '../phrases.ts';
import type { Bar, Lane, Mark, MarkKind, Timeline } from './lanes.ts';
import { html, type Markup } from './markup.ts';

/** How wide a picture is, in units of its own. */
export const WIDTH = 1000;
const NAMES = 190;
const RIGHT = 30;
const LANE = 34;
const AXIS = 26;
const SIZE = 4.5;

/** The picture, with a title for each bar and mark. */
export function timelineSvg({ untilMs, lanes }: Timeline): Markup {
  const scale = scaleOf(untilMs);
  const height = AXIS + lanes.length * LANE + 8;
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="what happened, by virtual time">
${ticksOf(untilMs).map((atMs) => tick(atMs, scale, height))}
${lanes.map((lane, index) => laneSvg(lane, AXIS + index * LANE, scale))}
</svg>`;
}

type Scale = (atMs: number) => number;

/** Where a virtual moment lies from left to right, in every picture of a run. */
export function scaleOf(untilMs: number): Scale {
  return (atMs) => round(NAMES + (Math.min(atMs, untilMs) / untilMs) * (WIDTH - NAMES - RIGHT));
}

const STEPS_MS = [
  1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
].map((seconds) => seconds * 1000);
const TICKS_MOST = 12;

/** Round moments, never too many. */
function ticksOf(untilMs: number): readonly number[] {
  const days = Math.ceil(untilMs / 86_400_000 / TICKS_MOST) * 86_400_000;
  const stepMs = STEPS_MS.find((step) => untilMs / step <= TICKS_MOST) ?? days;
  return Array.from({ length: Math.floor(untilMs / stepMs) + 1 }, (_, nth) => nth * stepMs);
}

function tick(atMs: number, scale: Scale, height: number): Markup {
  const x = scale(atMs);
  return html`<line class="tick" x1="${x}" x2="${x}" y1="${AXIS - 6}" y2="${height}"/><text class="moment" x="${x}" y="14">${moment(atMs)}</text>`;
}

function laneSvg({ name, kind, bars, marks }: Lane, top: number, scale: Scale): Markup {
  const middle = top + LANE / 2;
  return html`<g class="lane ${kind}">
<line class="rule" x1="0" x2="${WIDTH}" y1="${top}" y2="${top}"/>
<text class="name" x="6" y="${middle + 4}">${shortened(name)}<title>${name}</title></text>
${bars.map((bar) => barSvg(bar, top, scale))}
${merged(marks, scale).map((group) => markSvg(group, middle, scale))}
</g>`;
}

const NAME_LONGEST = 26;
const shortened = (name: string) =>
  name.length <= NAME_LONGEST ? name : `${name.slice(0, NAME_LONGEST - 1)}…`;

function barSvg({ fromMs, toMs, token, kind, end }: Bar, top: number, scale: Scale): Markup {
  const [x, right] = [scale(fromMs), scale(toMs)];
  const [y, height] = kind === 'access' ? [top + 6, 9] : [top + 20, 6];
  const width = Math.max(0.8, round(right - x));
  const until = end === 'alive' ? 'alive at the end' : `${end} at ${moment(toMs)}`;
  return html`<rect class="${kind} ${end}" x="${x}" y="${y}" width="${width}" height="${height}" rx="1.5"><title>${token}: from ${moment(fromMs)}, ${until}</title></rect>`;
}

/** Marks of a kind that would lie on each other. */
interface MarkGroup {
  readonly kind: MarkKind;
  readonly marks: readonly Mark[];
}

function merged(marks: readonly Mark[], scale: Scale): readonly MarkGroup[] {
  const groups = Map.groupBy(marks, ({ kind, atMs }) => `${kind} ${Math.round(scale(atMs) / SIZE)}`);
  return [...groups.values()].flatMap((same) =>
    same[0] === undefined ? [] : [{ kind: same[0].kind, marks: same }],
  );
}

const TOLD_MOST = 5;

function markSvg({ kind, marks }: MarkGroup, y: number, scale: Scale): Markup {
  const [first] = marks;
  const told = marks.slice(0, TOLD_MOST).map(({ atMs, says, seq }) => `${moment(atMs)} ${says} (seq ${seq})`);
  const more = marks.length > TOLD_MOST ? [`and ${marks.length - TOLD_MOST} more`] : [];
  return html`<path class="mark ${kind}" transform="translate(${scale(first?.atMs ?? 0)} ${y})" d="${SHAPES[kind]}"><title>${[...told, ...more].join('\n')}</title></path>`;
}

// Each kind has a shape of its own, since colours alone tell nothing to some.
const S = SIZE;
export const SHAPES: Readonly<Record<MarkKind, string>> = {
  refresh: `M0 -${S}A${S} ${S} 0 1 1 0 ${S}A${S} ${S} 0 1 1 0 -${S}Z`,
  refusal: `M-${S} -${S}L${S} ${S}M${S} -${S}L-${S} ${S}`,
  lost: `M-${S} 0L${S} 0`,
  fault: `M0 -${S}L${S} ${S}L-${S} ${S}Z`,
  gate: `M-${S} -${S}H-1V${S}H-${S}ZM1 -${S}H${S}V${S}H1Z`,
  act: `M0 -${S + 1}L${S + 1} 0L0 ${S + 1}L-${S + 1} 0Z`,
  event: `M-${S} -${S}H${S}V${S}H-${S}Z`,
  claim: `M-2 ${S + 2}V-${S + 2}L${S + 1} -2L-2 1`,
  process: `M0 -${S + 3}V${S + 3}`,
};

const round = (value: number) => Math.round(value * 100) / 100;
