// How long a token lives, by what its service says of it: nothing that one can plan with is not known.

/** Whoever promises more than a year promises nothing that a plan can rest on. */
const LONGEST_S = 366 * 24 * 3600;

/** When a token ends that lives for so many seconds from now on, also as digits in a string; null where nobody knows. */
export function endOf(expiresIn: unknown): number | null {
  const seconds = Number(expiresIn ?? 0);
  return seconds > 0 && seconds <= LONGEST_S ? Date.now() + seconds * 1000 : null;
}
