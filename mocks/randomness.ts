// Keyed draws: the same seed and key give the same value whatever else was drawn before.

import { asciiOf, bytesOf } from './encoding.ts';

/** Randomness as an input. Keys name what is drawn and for whom, so that one draw never disturbs another. */
export interface Randomness {
  /** A number in [0, 1). */
  uniform(...key: readonly (string | number)[]): number;
  /** A string of `length` letters and digits. */
  chars(length: number, ...key: readonly (string | number)[]): string;
  /** A lower-case hexadecimal string of `length` digits. */
  hex(length: number, ...key: readonly (string | number)[]): string;
  /** A version 4 UUID. */
  uuid(...key: readonly (string | number)[]): string;
}

const LETTERS_AND_DIGITS = bytesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const HEX_DIGITS = bytesOf('0123456789abcdef');

/** Memory for the characters of one text: a new one for each would cost more than to draw them. */
let scratch = asciiOf(256);

/** Randomness from a seed: an integer or any string. */
export function seededRandomness(seed: number | string): Randomness {
  const start = hashOf(EMPTY, [seed, '']);
  const stateOf = (key: readonly (string | number)[]) => stateFrom(hashOf(start, key));
  const pick = (alphabet: Uint8Array, length: number, key: readonly (string | number)[]) => {
    // One more than asked for may be written.
    if (length >= scratch.bytes.length) scratch = asciiOf(2 * length);
    fill(scratch.bytes, length, alphabet, stateOf(key));
    return scratch.text(length);
  };
  const hex = (length: number, ...key: readonly (string | number)[]) => pick(HEX_DIGITS, length, key);
  return {
    uniform: (...key) => next(stateOf(key)),
    chars: (length, ...key) => pick(LETTERS_AND_DIGITS, length, key),
    hex,
    uuid: (...key) => {
      const digits = hex(31, ...key);
      const variant = '89ab'[Number.parseInt(digits[30] ?? '0', 16) % 4];
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-${variant}${digits.slice(15, 18)}-${digits.slice(18, 30)}`;
    },
  };
}

/** Of an sfc32 generator: three words and a counter. */
interface State {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** Two 32-bit words. */
type Hash = Pick<State, 'a' | 'b'>;

const EMPTY: Hash = { a: 0x811c9dc5, b: 0xcbf29ce4 };
const SEPARATOR = 0;

// FNV-1a with two bases, one text after the other, a separator between them.
function hashOf({ a, b }: Hash, texts: readonly (string | number)[]): Hash {
  for (let nth = 0; nth < texts.length; nth++) {
    const text = String(texts[nth]);
    // Where another text came before, from the place before the first character.
    for (let at = nth === 0 ? 0 : -1; at < text.length; at++) {
      const code = at < 0 ? SEPARATOR : text.charCodeAt(at);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
    }
  }
  return { a, b };
}

// The words seed the generator.
function stateFrom({ a, b }: Hash): State {
  const state = { a: a | 0, b: b | 0, c: a ^ 0x9e3779b9, counter: 1 };
  for (let i = 0; i < 12; i++) next(state);
  return state;
}

// Each step of the generator gives two characters, one for each half of its word, and goes without memory in between.
function fill(bytes: Uint8Array, length: number, alphabet: Uint8Array, from: State): void {
  let { a, b, c, counter } = from;
  const letters = alphabet.length;
  for (let nth = 0; nth < length; nth += 2) {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    bytes[nth] = alphabet[((sum >>> 16) * letters) >>> 16] ?? 0;
    bytes[nth + 1] = alphabet[((sum & 0xffff) * letters) >>> 16] ?? 0;
  }
}

/** The next number in [0, 1). */
function next(state: State): number {
  const { a, b, c, counter } = state;
  const sum = (a + b + counter) | 0;
  state.counter = (counter + 1) | 0;
  state.a = b ^ (b >>> 9);
  state.b = (c + (c << 3)) | 0;
  state.c = (((c << 21) | (c >>> 11)) + sum) | 0;
  return (sum >>> 0) / 2 ** 32;
}
