// GET and POST /clock: what time it is in the world, and how to move it.

import { parseDuration } from '../duration.ts';
import type { HandClock } from '../time/hand-clock.ts';
import { said, wrong } from './answers.ts';
import type { ControlRoute } from './routes.ts';

/** The last moment that can be written as RFC 3339. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

export const clockRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/clock', handle: ({ stand }) => said(200, clockState(stand.clock)) },
  {
    method: 'POST',
    path: '/clock',
    handle: async ({ stand: { clock }, request }) => {
      const { readBody } = await import('./bodies.ts');
      const { advance, set, rate } = readBody('clock', request.body);
      const byMs = aheadMs(clock, advance, set);
      if (rate !== undefined) clock.setRate(rate);
      if (byMs > 0) clock.advance(byMs);
      return said(200, clockState(clock));
    },
  },
];

function aheadMs(
  { startMs, nowMs }: HandClock,
  advance: string | undefined,
  set: string | undefined,
): number {
  const presentMs = startMs + nowMs;
  const targetMs = set === undefined ? presentMs + (parseDuration(advance ?? '0s') ?? 0) : Date.parse(set);
  const field = set === undefined ? 'advance' : 'set';
  if (targetMs > LAST_MS) throw wrong(field, `${field}: is too far: the last moment is ${iso(LAST_MS)}`);
  if (targetMs < presentMs) {
    throw wrong(
      field,
      `${field}: time does not run backwards: it is ${iso(presentMs)}; POST /reset begins anew`,
    );
  }
  return targetMs - presentMs;
}

/** The clock as it is told. */
export function clockState({ startMs, nowMs, rate, nextDueMs }: HandClock) {
  return {
    now: iso(startMs + nowMs),
    start: iso(startMs),
    sinceStartMs: nowMs,
    rate,
    nextDue: nextDueMs === null ? null : iso(startMs + nextDueMs),
  };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();
