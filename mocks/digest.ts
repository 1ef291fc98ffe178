// Digests of texts and bytes: Node's own where it is Node that runs, else a library's. Both give the same bytes; the
// browser's own, which answers later, is no help.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as digest } from '@noble/hashes/sha2.js';
import { base64, bytesOf } from './encoding.ts';
import { nativeCrypto } from './native.ts';
import { once } from './once.ts';

type Data = string | Uint8Array;

interface Digests {
  /** SHA-256. */
  sha256(data: Data): Uint8Array;
  /** HMAC with SHA-256. */
  hmacSha256(key: Data, data: Data): Uint8Array;
  /** The same in base64, at which Node is quicker than at bytes. */
  hmacSha256Base64(key: Data, data: Data): string;
}

/** In every runtime. */
export const inScript: Digests = {
  sha256: (data) => digest(bytesOf(data)),
  hmacSha256: (key, data) => hmac(digest, bytesOf(key), bytesOf(data)),
  hmacSha256Base64: (key, data) => base64(hmac(digest, bytesOf(key), bytesOf(data))),
};

function inNode({ createHmac, createSecretKey, hash }: NonNullable<typeof nativeCrypto>): Digests {
  // Secrets are few, and to read one for each signature takes as long as a digest.
  const keyOf = once((secret: string) => createSecretKey(secret, 'utf8'));
  const hmacOf = (key: Data, data: Data) =>
    createHmac('sha256', typeof key === 'string' ? keyOf(key) : key).update(data);
  return {
    sha256: (data) => hash('sha256', data, 'buffer'),
    hmacSha256: (key, data) => hmacOf(key, data).digest(),
    hmacSha256Base64: (key, data) => hmacOf(key, data).digest('base64'),
  };
}

/** The way of the runtime. */
export const { sha256, hmacSha256, hmacSha256Base64 } =
  nativeCrypto === undefined ? inScript : inNode(nativeCrypto);
