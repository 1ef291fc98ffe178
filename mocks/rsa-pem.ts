// RSA private keys in PEM (PKCS #8, RFC 5208): written from their parts, and read back.

import { base64, fromBase64, hex, joined } from './encoding.ts';
import { lengthOf, octets, type RsaParts } from './rsa-numbers.ts';

const [INTEGER, OCTETS, SEQUENCE] = [0x02, 0x04, 0x30];
const NAMES = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;
/** `rsaEncryption` with no parameters. */
const ALGORITHM = Uint8Array.of(0x30, 13, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0);
const ZERO = Uint8Array.of(INTEGER, 1, 0);

/** The key as everybody takes it. */
export function pemOf(parts: RsaParts): string {
  const key = tagged(SEQUENCE, ZERO, ...NAMES.map((name) => integer(parts[name])));
  const lines = base64(tagged(SEQUENCE, ZERO, ALGORITHM, tagged(OCTETS, key))).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/** The parts of a key in PEM. */
export function rsaPartsOf(pem: string): RsaParts {
  const [info] = contents(fromBase64(pem.replace(/-----[^-]+-----|\s/g, '')));
  const [, , octetString] = contents(info);
  const [key] = contents(octetString);
  const [, ...numbers] = contents(key);
  const values = numbers.map((bytes) => BigInt(`0x${hex(bytes)}`));
  return Object.fromEntries(NAMES.map((name, at) => [name, values[at] ?? 0n])) as unknown as RsaParts;
}

function integer(value: bigint): Uint8Array {
  // A highest bit that is set would say that it is negative.
  return tagged(INTEGER, octets(value, Math.floor(value.toString(2).length / 8) + 1));
}

function tagged(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joined(parts);
  const size = octets(BigInt(content.length), lengthOf(BigInt(content.length)));
  const length = content.length < 0x80 ? size : joined([Uint8Array.of(0x80 | size.length), size]);
  return joined([Uint8Array.of(tag), length, content]);
}

/** What is inside each of the elements that follow one another in these bytes. */
function contents(bytes: Uint8Array = new Uint8Array()): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const from = at + 2 + lengthBytes;
    const length = lengthBytes === 0 ? first : Number.parseInt(hex(bytes.subarray(at + 2, from)), 16);
    found.push(bytes.subarray(from, from + length));
    at = from + length;
  }
  return found;
}
