// RSA in plain numbers, for runtimes without Node's crypto. It takes no care to hide the key from who can measure time:
// the keys of mocks are no secret.

import { sha256 } from './digest.ts';
import { hex } from './encoding.ts';

/** A private key by its parts, as RFC 8017 names them. */
export interface RsaParts {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

const SHA256_INFO = '3031300d060960864801650304020105000420';
const BASES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n];

/** The signature of a text (RFC 8017 section 8.2.1). */
export function signWith({ n, p, q, dp, dq, qi }: RsaParts, text: string): Uint8Array {
  const message = encoded(text, n);
  const [inP, inQ] = [power(message % p, dp, p), power(message % q, dq, q)];
  const h = ((((inP - inQ) * qi) % p) + p) % p;
  return octets(inQ + h * q, lengthOf(n));
}

/** Whether it is the signature of a text (RFC 8017 section 8.2.2). */
export function verifyWith({ n, e }: RsaParts, text: string, signature: Uint8Array): boolean {
  if (signature.length !== lengthOf(n)) return false;
  return power(BigInt(`0x${hex(signature)}`), e, n) === encoded(text, n);
}

/** Whether an odd number passes the test of Miller and Rabin to twelve bases: enough for numbers that nobody chose. */
export function isProbablePrime(candidate: bigint): boolean {
  let [odd, twos] = [candidate - 1n, 0];
  while (odd % 2n === 0n) [odd, twos] = [odd / 2n, twos + 1];
  return BASES.every((base) => {
    if (candidate % base === 0n) return candidate === base;
    let x = power(base, odd, candidate);
    for (let round = 0; round < twos; round++) {
      if (x === candidate - 1n || (round === 0 && x === 1n)) return true;
      x = (x * x) % candidate;
    }
    return false;
  });
}

/** `base` to the power of `exponent`, modulo `modulus`. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base];
  for (const bit of [...exponent.toString(2)].reverse()) {
    if (bit === '1') result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** A number as bytes, with the highest first. */
export function octets(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0');
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

/** How many bytes a number takes. */
export const lengthOf = (value: bigint): number => Math.ceil(value.toString(16).length / 2);

// EMSA-PKCS1-v1_5 (RFC 8017 section 9.2).
function encoded(text: string, n: bigint): bigint {
  const told = `${SHA256_INFO}${hex(sha256(text))}`;
  return BigInt(`0x0001${'f'.repeat(lengthOf(n) * 2 - told.length - 6)}00${told}`);
}
