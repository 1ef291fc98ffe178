// Colours for a screen, and nothing for a file: the same words either way.

import { styleText } from 'node:util';
import type { Letter, Verdict } from '../harness/result.ts';

/** The meanings that a colour can carry. */
export type Tone = 'good' | 'bad' | 'open' | 'quiet' | 'head';

/** Puts a tone on a text. */
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', bad: 'red', open: 'yellow', quiet: 'dim', head: 'bold' } as const;

/** A paint that colours, or one that leaves everything as it is. */
export function painter(color: boolean): Paint {
  return (tone, text) => (color ? styleText(STYLES[tone], text, { validateStream: false }) : text);
}

/** The tone of each verdict. */
export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'open',
  'not-applicable': 'quiet',
  error: 'bad',
};

/** The tone of a letter. */
export function letterTone(letter: Letter): Tone {
  if (letter === 'A' || letter === 'B') return 'good';
  return letter === 'F' || letter === 'D' ? 'bad' : 'open';
}
