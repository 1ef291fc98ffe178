// The three parts of AWS credentials. Two follow from the first, so that the key id on a request names them all.

import { shake256 } from '@noble/hashes/sha3.js';
import { base64, bytesOf } from '../../encoding.ts';
import { parseJsonObject } from '../../http.ts';
import { accountNumberIn } from './ids.ts';

const SECRET_BYTES = 30;
const SESSION_BYTES = 126;

/** An access key, and the session that it belongs to. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null for a key that lasts. */
  readonly sessionToken: string | null;
}

/** The credentials behind an access key id that the mock minted. Good for mocks only: who knows the id knows the rest. */
export function credentialsOf(keyId: string): Credentials {
  const bytes = shake256(bytesOf(keyId), { dkLen: SECRET_BYTES + SESSION_BYTES });
  const text = (from: number, to?: number) => base64(bytes.subarray(from, to));
  return {
    accessKeyId: keyId,
    secretAccessKey: text(0, SECRET_BYTES),
    sessionToken: keyId.startsWith('ASIA') ? `IQoJ${text(SECRET_BYTES)}` : null,
  };
}

/**
 * What an account's access token is: all parts in one, in the words of a `credential_process`, so that the variable
 * that holds it can be given to any AWS SDK as it is.
 */
export function documentOf(keyId: string): string {
  const { secretAccessKey, sessionToken } = credentialsOf(keyId);
  return JSON.stringify({
    Version: 1,
    AccessKeyId: keyId,
    SecretAccessKey: secretAccessKey,
    ...(sessionToken === null ? {} : { SessionToken: sessionToken }),
    AccountId: accountNumberIn(keyId),
  });
}

/** The credentials in such a document. */
export function credentialsIn(document: string): Credentials {
  return credentialsOf(String(parseJsonObject(document)?.AccessKeyId));
}

/** The parts that nobody else may know: a key id is no secret. */
export function secretParts(document: string): readonly string[] {
  const { secretAccessKey, sessionToken } = credentialsIn(document);
  return sessionToken === null ? [secretAccessKey] : [secretAccessKey, sessionToken];
}
