// From conditions to a level, and whether an expiry can be told from a denial at all.

import type { ErrorReport, Shown } from './error-report.ts';

/** A level of challenge 53. */
export type Level = 0 | 1 | 2 | 3;

/** The highest level whose conditions, and those of all levels below it, are met. */
export function level(conditions: readonly { readonly level: 1 | 2 | 3; readonly met: boolean }[]): Level {
  const holds = (upTo: 1 | 2 | 3) => conditions.every((each) => each.level > upTo || each.met);
  if (!holds(1) || !conditions.some((each) => each.level === 1)) return 0;
  if (!holds(2)) return 1;
  return holds(3) ? 3 : 2;
}

/** By what, if anything, a caller can tell an expiry from a denial. */
export type Distinguishable = 'by exit code' | 'by text' | 'no';

/** Every expiry must differ from every denial in the same way. */
export function distinguishable({ expiries, denials }: Shown): Distinguishable {
  const differ = (look: (report: ErrorReport) => unknown) =>
    expiries.length > 0 &&
    denials.length > 0 &&
    expiries.every((expiry) => denials.every((denial) => look(expiry) !== look(denial)));
  if (differ(({ exitCode }) => exitCode)) return 'by exit code';
  return differ(({ text, error }) => bare(`${error?.code ?? ''} ${text}`)) ? 'by text' : 'no';
}

// Instants and ids are other ones each time, and tell nothing.
const bare = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?|\b[0-9a-f-]{12,}\b/gi, '');
