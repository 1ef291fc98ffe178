// Property values as HubSpot compares them: numbers as numbers, instants as instants, text without case.

import { once } from '../../once.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;
// The last moment that a date can hold (ECMA-262).
const LAST_INSTANT_MS = 8.64e15;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** The epoch milliseconds of an instant, written as RFC 3339 or as epoch milliseconds; null for anything else. */
export const instantMs = (text: string | null): number | null => (text === null ? null : instantIn(text));

// Each search looks at every object, and the same dates stand in them night after night.
const instantIn = once((text: string): number | null => {
  const ms = INSTANT.test(text) ? Date.parse(text) : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(ms) <= LAST_INSTANT_MS ? ms : null;
});

/** Negative, zero or positive, as `a` comes before, with, or after `b`. */
export function compareValues(a: string, b: string): number {
  const [x, y] = [comparable(a), comparable(b)];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function comparable(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : (instantMs(text) ?? text);
}
