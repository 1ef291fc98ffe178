// Who says an error: by its very words, by a fact that tells of it, or in nearly these words, as times, ids and names differ.

import type { ErrorRow, Fact, Service } from '../../mocks/index.ts';

/** What is known of an error that no recipe brings about. */
export interface FactTold extends Fact {
  readonly service: string;
  readonly about: string;
  readonly says: string;
}

/** What was found. */
export type Found =
  | { readonly by: 'words' | 'likeness'; readonly rows: readonly ErrorRow[] }
  | { readonly by: 'facts'; readonly facts: readonly FactTold[] };

/** Whose words these are, out of these rows and of what is known beside them; null = nobody's. */
export function whoSays(
  words: string,
  rows: readonly ErrorRow[],
  services: readonly Pick<Service, 'id' | 'facts'>[],
): Found | null {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return null;
  const literal = wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = new RegExp(`(?<![a-z0-9_])${literal}(?![a-z0-9_])`);
  // A word of its own is meant before a piece of another: "10" is no part of "3100".
  const asWords = rows.filter((row) => whole.test(saidBy(row)));
  if (asWords.length > 0) return { by: 'words', rows: asWords };
  const facts = services.flatMap(({ id, facts: known }) =>
    known.filter(({ says }) => whole.test(says.toLowerCase())).map((fact) => ({ ...fact, service: id })),
  );
  if (facts.length > 0) return { by: 'facts', facts };
  const asPieces = rows.filter((row) => saidBy(row).includes(wanted));
  if (asPieces.length > 0) return { by: 'words', rows: asPieces };
  const alike = mostAlike(wordsIn(wanted), rows);
  return alike.length > 0 ? { by: 'likeness', rows: alike } : null;
}

function saidBy({ id, status, headers, body }: ErrorRow): string {
  return [id, status, ...Object.values(headers), body].join('\n').toLowerCase();
}

/** Fewer words than this are like too many others. */
const FEWEST = 3;
/** The part of the words that must be there, in one place: of few words more than of many. */
const enoughOf = (count: number) => count * (count < 10 ? 0.7 : 0.6);
/** Words that may stand between them. */
const SLACK = 4;

function mostAlike(wanted: readonly string[], rows: readonly ErrorRow[]): readonly ErrorRow[] {
  if (wanted.length < FEWEST) return [];
  const scored = rows.map((row) => ({ row, found: found(wanted, wordsIn(saidBy(row))) }));
  const most = Math.max(...scored.map((each) => each.found));
  return most < enoughOf(wanted.length)
    ? []
    : scored.filter((each) => each.found === most).map(({ row }) => row);
}

// How many of the words a text has in one place: in a window that moves over it.
function found(wanted: readonly string[], text: readonly string[]): number {
  const missing = new Map<string, number>();
  for (const word of wanted) missing.set(word, (missing.get(word) ?? 0) + 1);
  const size = wanted.length + SLACK;
  let here = 0;
  let most = 0;
  for (const [at, word] of text.entries()) {
    const left = at >= size ? text[at - size] : undefined;
    if (left !== undefined && missing.has(left)) {
      const owed = (missing.get(left) ?? 0) + 1;
      missing.set(left, owed);
      if (owed > 0) here--;
    }
    const owed = missing.get(word);
    if (owed === undefined) continue;
    missing.set(word, owed - 1);
    if (owed > 0) here++;
    most = Math.max(most, here);
  }
  return most;
}

// What has a digit in it is an id, a time or a number, and another one each time; single letters say nothing.
const wordsIn = (text: string): readonly string[] =>
  text.split(/[^a-z0-9_]+/).filter((word) => /^[a-z_]{2,}$/.test(word));
