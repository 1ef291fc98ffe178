// A key as vendors show it in a refusal: its ends can be read, and most of it cannot.

const FIRST = 8;
const LAST = 4;

/** The key with its middle starred; all of it where the ends would give half of it away. */
export function masked(key: string): string {
  if (key.length < 2 * (FIRST + LAST)) return '*'.repeat(key.length);
  return `${key.slice(0, FIRST)}${'*'.repeat(key.length - FIRST - LAST)}${key.slice(-LAST)}`;
}
