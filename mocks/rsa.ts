// RSA signatures (PKCS #1 v1.5 with SHA-256): Node's own where it is Node that runs, else in plain numbers. Both give the
// same bytes; the engine answers at once, so the browser's own, which answers later, is no help.

import type { KeyObject } from 'node:crypto';
import { bytesOf } from './encoding.ts';
import { nativeCrypto } from './native.ts';
import { isProbablePrime, signWith, verifyWith } from './rsa-numbers.ts';
import { rsaPartsOf } from './rsa-pem.ts';

/** What is done with RSA keys; each is a private key in PEM. */
interface Rsa {
  sign(text: string, pem: string): Uint8Array;
  verify(text: string, signature: Uint8Array, pem: string): boolean;
  isPrime(candidate: bigint): boolean;
}

/** The way of the runtime. */
export const rsa: Rsa = nativeCrypto === undefined ? inNumbers() : inNode(nativeCrypto);

/** By the numbers alone. */
export function inNumbers(): Rsa {
  const partsOf = remembered(rsaPartsOf);
  return {
    sign: (text, pem) => signWith(partsOf(pem), text),
    verify: (text, signature, pem) => verifyWith(partsOf(pem), text, signature),
    isPrime: isProbablePrime,
  };
}

function inNode({
  checkPrimeSync,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
}: NonNullable<typeof nativeCrypto>): Rsa {
  const keyIn = remembered<KeyObject>(createPrivateKey);
  return {
    sign: (text, pem) => sign('RSA-SHA256', bytesOf(text), keyIn(pem)),
    verify: (text, signature, pem) => verify('RSA-SHA256', bytesOf(text), createPublicKey(pem), signature),
    isPrime: (candidate) => checkPrimeSync(candidate),
  };
}

// To read a key costs about as much as to sign with it, and few keys sign much.
function remembered<Key>(read: (pem: string) => Key): (pem: string) => Key {
  const keys = new Map<string, Key>();
  return (pem) => {
    const key = keys.get(pem) ?? read(pem);
    keys.set(pem, key);
    return key;
  };
}
