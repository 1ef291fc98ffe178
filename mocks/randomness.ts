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
  const stream = (key: readonly (string | number)[]) => numbers(`${seed}\u0000${key.join('\u0000')}`);
  const pick = (alphabet: string, length: number, key: readonly (string | number)[]) => {
    const next = stream(key);
    const codes: number[] = [];
    for (let i = 0; i < length; i++) codes.push(alphabet.charCodeAt(Math.floor(next() * alphabet.length)));
    // In one piece: texts that grow by concatenation keep all their pieces in memory.
    return String.fromCharCode(...codes);
  };
  const hex = (length: number, ...key: readonly (string | number)[]) => pick(HEX_DIGITS, length, key);
  return {
    uniform: (...key) => stream(key)(),
    chars: (length, ...key) => pick(LETTERS_AND_DIGITS, length, key),
    hex,
    uuid: (...key) => {
      const digits = hex(31, ...key);
      const variant = '89ab'[Number.parseInt(digits[30] ?? '0', 16) % 4];
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-${variant}${digits.slice(15, 18)}-${digits.slice(18, 30)}`;
    },
  };
}

// The key is hashed into two 32-bit words (FNV-1a with two bases), which seed an sfc32 generator.
function numbers(key: string): () => number {
  let a = 0x811c9dc5;
  let b = 0xcbf29ce4;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  let c = a ^ 0x9e3779b9;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
