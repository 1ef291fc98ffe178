// Keyed draws: the same seed and key give the same value whatever else was drawn before.

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

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX_DIGITS = '0123456789abcdef';

/** Randomness from a seed: an integer or any string. */
export function seededRandomness(seed: number | string): Randomness {
  const stateOf = (key: readonly (string | number)[]) => stateFrom(`${seed}\u0000${key.join('\u0000')}`);
  const pick = (alphabet: string, length: number, key: readonly (string | number)[]) => {
    const codes = new Array<number>(length);
    const state = stateOf(key);
    const letters = alphabet.length;
    for (let nth = 0; nth < length; nth++)
      codes[nth] = alphabet.charCodeAt(Math.floor(next(state) * letters));
    // In one piece: texts that grow by concatenation keep all their pieces in memory.
    return String.fromCharCode.apply(null, codes);
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

// The key is hashed into two 32-bit words (FNV-1a with two bases), which seed the generator.
function stateFrom(key: string): State {
  let a = 0x811c9dc5;
  let b = 0xcbf29ce4;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  const state = { a: a | 0, b: b | 0, c: a ^ 0x9e3779b9, counter: 1 };
  for (let i = 0; i < 12; i++) next(state);
  return state;
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
