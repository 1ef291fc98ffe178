// Sizes as people write them: `10MiB`, `512KiB`, `100B`. The only place where their units are parsed.

const UNIT_BYTES = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

/** What a size looks like: a whole number with `B`, `KiB`, `MiB` or `GiB`. */
export const SIZE_PATTERN: RegExp = /^([0-9]+)(B|KiB|MiB|GiB)$/;

/** Bytes of a size such as `10MiB`; null when the text is not one, or when it is too large to be counted. */
export function parseSize(text: string): number | null {
  const [, count, unit] = SIZE_PATTERN.exec(text) ?? [];
  if (count === undefined || unit === undefined) return null;
  const bytes = Number(count) * UNIT_BYTES[unit as keyof typeof UNIT_BYTES];
  return Number.isSafeInteger(bytes) ? bytes : null;
}
