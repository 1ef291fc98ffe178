// A token's life in numbers and words.

const UNITS = /** @type {const} */ ([
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
]);

/**
 * A duration in its two largest units: `29 min 12 s`.
 * @param {number} ms
 */
export function words(ms) {
  const first = UNITS.findIndex(([, size]) => ms >= size);
  if (first === -1) return '0 s';
  let rest = ms;
  return UNITS.slice(first, first + 2)
    .map(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : `${count} ${name}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * How much of a token's life is left at a moment, and how that is told.
 * @param {{ live: boolean, issuedAt: string, expiresAt: string | null, endedBy: string | null }} token
 * @param {number} nowMs
 * @returns {{ share: number, text: string }}
 */
export function lifeOf({ live, issuedAt, expiresAt, endedBy }, nowMs) {
  if (endedBy !== null) return { share: 0, text: endedBy };
  const endMs = expiresAt === null ? null : Date.parse(expiresAt);
  if (endMs !== null && endMs <= nowMs) return { share: 0, text: `expired ${words(nowMs - endMs)} ago` };
  if (!live) return { share: 0, text: 'no longer taken' };
  if (endMs === null) return { share: 1, text: 'does not expire' };
  const issuedMs = Date.parse(issuedAt);
  return { share: (endMs - nowMs) / Math.max(endMs - issuedMs, 1), text: `${words(endMs - nowMs)} left` };
}
