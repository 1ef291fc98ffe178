// How reports write moments, amounts, paragraphs and names.

import type { ScenarioResult } from '../harness/result.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** No line of a report is longer, as far as words allow. */
export const WIDTH = 96;

/** `hh:mm:ss` since the start of the run, from virtual ms. */
export function moment(atMs: number): string {
  const parts = [atMs / HOUR_MS, (atMs / MINUTE_MS) % 60, (atMs / SECOND_MS) % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** Seconds with one decimal, without the unit. */
export function seconds(durationMs: number): string {
  return (durationMs / SECOND_MS).toFixed(1);
}

/** A number with its noun: `1 refresh`, `2 refreshes`. */
export function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Ledger numbers as a list that stays short. */
export function numbers(all: readonly number[], shownMax = 6): string {
  const shown = all.slice(0, shownMax).join(', ');
  return all.length > shownMax ? `${shown} and ${all.length - shownMax} more` : shown;
}

// Code in backticks is one word: a line to paste must not be broken.
const WORD = /`[^`]*`\S*|\S+/g;

/** A paragraph broken between words, every line after `indent` spaces; a word that is too long stays whole. */
export function paragraph(text: string, indent: number): string[] {
  const room = WIDTH - indent;
  const lines: string[] = [];
  for (const word of text.match(WORD) ?? []) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

type Told = Pick<ScenarioResult, 'id' | 'variant'>;

/** A scenario and the way in which it was told, in a sentence. */
export const storyName = ({ id, variant }: Told): string => (variant === null ? id : `${id} (${variant})`);

/** The same in one word, to which a link can lead. */
export const storyWord = ({ id, variant }: Told): string => (variant === null ? id : `${id}--${variant}`);
