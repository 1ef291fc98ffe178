// Digests of texts and bytes. A library that runs everywhere and answers at once: the browser's own answers later only.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesOf } from './encoding.ts';

/** SHA-256. */
export const sha256 = (data: string | Uint8Array): Uint8Array => digest(bytesOf(data));

/** HMAC with SHA-256. */
export const hmacSha256 = (key: string | Uint8Array, data: string | Uint8Array): Uint8Array =>
  hmac(digest, bytesOf(key), bytesOf(data));
