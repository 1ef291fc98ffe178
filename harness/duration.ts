// Durations as people write them (`3h58m`) and as milliseconds. The only place where units are parsed.

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const WHOLE = /^(?:[0-9]+(?:ms|s|m|h|d))+$/;
const PART = /([0-9]+)(ms|s|m|h|d)/g;

/** The milliseconds of a duration, or null where the text is none. Sums like `3h58m` are allowed. */
export function parseDuration(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  let sumMs = 0;
  for (const [, amount, unit] of text.matchAll(PART))
    sumMs += Number(amount) * UNITS[unit as keyof typeof UNITS];
  return sumMs;
}

/** The shortest sum of units for so many milliseconds: 14_280_000 -> `3h58m`. */
export function formatDuration(durationMs: number): string {
  let restMs = Math.round(durationMs);
  let text = '';
  for (const [unit, unitMs] of Object.entries(UNITS)) {
    const amount = Math.floor(restMs / unitMs);
    if (amount > 0) text += `${amount}${unit}`;
    restMs -= amount * unitMs;
  }
  return text === '' ? '0s' : text;
}
