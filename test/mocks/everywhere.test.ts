// What the mocks do by themselves so that they run in every runtime, beside what Node says.

import { createHash, createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacSha256, hmacSha256Base64, inScript, sha256 } from '../../mocks/digest.ts';
import {
  base64,
  base64InScript,
  base64url,
  fromBase64,
  hex,
  textFromBase64,
  textOf,
} from '../../mocks/encoding.ts';
import { publicJwk } from '../../mocks/jwt.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import { inNumbers, rsa } from '../../mocks/rsa.ts';
import { rsaPrivateKey } from '../../mocks/rsa-key.ts';
import { isProbablePrime } from '../../mocks/rsa-numbers.ts';

const text = () => fc.string({ unit: 'grapheme', maxLength: 80 });

test.each([
  ['in script', base64InScript],
  ['as the runtime has it', { base64, base64url }],
])('base64 %s is that of Node', (_how, { base64, base64url }) => {
  fc.assert(
    fc.property(fc.oneof(text(), fc.uint8Array({ maxLength: 60 })), (data) => {
      expect(base64(data)).toBe(Buffer.from(data as string).toString('base64'));
      expect(base64url(data)).toBe(Buffer.from(data as string).toString('base64url'));
    }),
  );
});

test('texts and bytes are written and read as Node does it', () => {
  fc.assert(
    fc.property(text(), fc.uint8Array({ maxLength: 60 }), (said, bytes) => {
      expect(hex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(textOf(bytes)).toBe(Buffer.from(bytes).toString());
      expect(textFromBase64(base64url(said))).toBe(Buffer.from(said).toString());
    }),
  );
});

test('base64 that is none is read as far as Node reads it', () => {
  const noise = fc.string({ unit: fc.constantFrom(...'AZaz09+/-_= %é'), maxLength: 20 });
  fc.assert(
    fc.property(noise, (said) => {
      expect([...fromBase64(said)]).toEqual([...Buffer.from(said, 'base64')]);
    }),
  );
});

test.each([
  ['in script', inScript],
  ['as the runtime has them', { sha256, hmacSha256, hmacSha256Base64 }],
])('digests %s are those of Node', (_how, { sha256, hmacSha256, hmacSha256Base64 }) => {
  fc.assert(
    fc.property(text(), text(), (key, said) => {
      expect(hex(sha256(said))).toBe(createHash('sha256').update(said).digest('hex'));
      expect(hex(hmacSha256(key, said))).toBe(createHmac('sha256', key).update(said).digest('hex'));
      expect(hmacSha256Base64(key, said)).toBe(createHmac('sha256', key).update(said).digest('base64'));
    }),
  );
});

test('a key is one that Node takes, and the same signature comes of it by numbers alone', () => {
  const numbers = inNumbers();
  for (const name of ['first', 'second']) {
    const pem = rsaPrivateKey(seededRandomness(1), name);
    const key = createPrivateKey(pem);
    expect(pem).toBe(key.export({ type: 'pkcs8', format: 'pem' }));
    const { n, e } = createPublicKey(pem).export({ format: 'jwk' });
    expect(publicJwk(pem, name)).toMatchObject({ n, e });
    const signature = numbers.sign(name, pem);
    expect(hex(signature)).toBe(sign('RSA-SHA256', Buffer.from(name), key).toString('hex'));
    expect(hex(rsa.sign(name, pem))).toBe(hex(signature));
    expect(verify('RSA-SHA256', Buffer.from(name), createPublicKey(pem), signature)).toBe(true);
    expect(numbers.verify(name, signature, pem)).toBe(true);
    expect(numbers.verify(`${name}!`, signature, pem)).toBe(false);
    expect(numbers.verify(name, signature.subarray(1), pem)).toBe(false);
  }
});

test('primes are told from what is none', () => {
  const primes = [3n, 37n, 41n, 65_537n, 2n ** 61n - 1n, 2n ** 521n - 1n];
  const others = [9n, 561n, 1729n, 25n * 41n, 3_215_031_751n, 2n ** 61n + 1n, 2n ** 67n - 1n];
  expect(primes.filter((prime) => !isProbablePrime(prime))).toEqual([]);
  expect(others.filter(isProbablePrime)).toEqual([]);
});
