// RSA keys from a seed, for clients that prove themselves by signing: the same seed gives the same key in every run.

import type { Randomness } from './randomness.ts';
import { rsa } from './rsa.ts';
import type { RsaParts } from './rsa-numbers.ts';
import { pemOf } from './rsa-pem.ts';

const PRIME_HEX_DIGITS = 256;
const TOP_BITS = 3n << 1022n;
const EXPONENT = 65_537n;
const SMALL_PRIMES = smallPrimes(2000);

const made = new Map<string, string>();

/** A private key of 2048 bits in PEM (PKCS 8). Good for mocks only: who knows the seed knows the key. */
export function rsaPrivateKey(randomness: Randomness, ...key: readonly (string | number)[]): string {
  const draws = ['p', 'q'].map((name) => randomness.hex(PRIME_HEX_DIGITS, 'rsa', name, ...key));
  const [p = '', q = ''] = draws;
  // To find two primes takes a tenth of a second, and one key is asked for often.
  const known = made.get(p);
  if (known !== undefined) return known;
  const pem = pemOf(partsFrom(primeFrom(p), primeFrom(q)));
  made.set(p, pem);
  return pem;
}

function partsFrom(p: bigint, q: bigint): RsaParts {
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  return { n: p * q, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
}

// The first prime from a drawn number on. Numbers with a small divisor are passed over without the costly test.
function primeFrom(hex: string): bigint {
  const start = BigInt(`0x${hex}`) | TOP_BITS | 1n;
  const rests = SMALL_PRIMES.map((small) => Number(start % BigInt(small)));
  for (let step = 0; ; step += 2) {
    if (SMALL_PRIMES.some((small, index) => ((rests[index] ?? 0) + step) % small === 0)) continue;
    const candidate = start + BigInt(step);
    if ((candidate - 1n) % EXPONENT !== 0n && rsa.isPrime(candidate)) return candidate;
  }
}

function smallPrimes(below: number): readonly number[] {
  const primes: number[] = [];
  for (let n = 3; n < below; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

// The extended Euclidean algorithm.
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0n ? factor + modulus : factor;
}
