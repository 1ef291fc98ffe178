// How a virtual moment is written for people: `03:31:12` is three hours, 31 minutes and 12 seconds after the start.

const SECOND_MS = 1000;

/** `hh:mm:ss` since the start of the run, from virtual ms; parts of a second are cut off. */
export function formatMoment(atMs: number): string {
  const seconds = Math.floor(atMs / SECOND_MS);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
