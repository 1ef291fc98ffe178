// Walks recorded JSON bodies: their scalar values, the records they hold, and the words in them.

import type { Json } from '../../mocks/index.ts';

/** Every string, number and boolean in a value, as text. */
export function scalarsOf(value: Json): string[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value).flatMap((part: Json) => scalarsOf(part));
}

/** The records of an answer: the elements of its outermost lists, or the whole where there is no list. */
export function recordsOf(value: Json): Json[] {
  const lists = outermostLists(value);
  return lists.length === 0 ? [value] : lists.flat();
}

function outermostLists(value: Json): (readonly Json[])[] {
  if (Array.isArray(value)) return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((part: Json) => outermostLists(part));
}

/** Every pair of a key and a scalar value in a body, at any depth. */
export function fieldsOf(value: Json): [string, string][] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]: [string, Json]): [string, string][] =>
    typeof part !== 'object' ? [[key, String(part)]] : fieldsOf(part),
  );
}

/** A text and the words in it: runs of letters, digits, `_` and `-`. */
export function wordsOf(text: string): string[] {
  return [text, ...text.split(/[^\w-]/)].filter((word) => word !== '');
}

/** The same text for values that say the same: `12500` and `12500.00`, one instant in two notations. */
export function normal(text: string): string {
  const trimmed = text.trim();
  if (/^[+-]?\d+(\.\d+)?$/.test(trimmed) && trimmed.length <= 15) return `number ${Number(trimmed)}`;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(trimmed)) {
    const instantMs = Date.parse(trimmed);
    if (!Number.isNaN(instantMs)) return `instant ${instantMs}`;
  }
  return trimmed;
}
