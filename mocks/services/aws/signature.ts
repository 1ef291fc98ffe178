// Signature Version 4: what a request says about its signature, and what the signature must be.

import { sha256 as digest, hmacSha256 } from '../../digest.ts';
import { bytesOf, hex } from '../../encoding.ts';
import type { Request } from '../../http.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** What a request says about its own signature, in its Authorization header or, presigned, in its query. */
export interface Signed {
  readonly accessKeyId: string;
  /** `20260302/us-east-1/sts/aws4_request` */
  readonly scope: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | null;
  /** As written: `20260302T220000Z`. */
  readonly amzDate: string;
  readonly atMs: number;
  /** How long a presigned request is good for; null for one that is signed in a header. */
  readonly ttlMs: number | null;
}

/** Reads the signature of a request; null where there is none that can be read. */
export function readSignature({ headers, query }: Request): Signed | null {
  const header = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(headers.authorization ?? '')?.[1];
  if (header !== undefined) {
    const parts = Object.fromEntries(header.split(/\s*,\s*/).map((part) => part.split(/=(.*)/s, 2)));
    return signed({
      credential: parts.Credential,
      signedHeaders: parts.SignedHeaders,
      signature: parts.Signature,
      amzDate: headers['x-amz-date'],
      sessionToken: headers['x-amz-security-token'],
      ttlMs: null,
    });
  }
  if (query['X-Amz-Algorithm'] !== ALGORITHM) return null;
  return signed({
    credential: query['X-Amz-Credential'],
    signedHeaders: query['X-Amz-SignedHeaders'],
    signature: query['X-Amz-Signature'],
    amzDate: query['X-Amz-Date'],
    sessionToken: query['X-Amz-Security-Token'],
    ttlMs: Number(query['X-Amz-Expires']) * 1000,
  });
}

function signed(said: {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly amzDate: string | undefined;
  readonly sessionToken: string | undefined;
  readonly ttlMs: number | null;
}): Signed | null {
  const { amzDate = '', signature, signedHeaders, sessionToken = null, ttlMs } = said;
  const match = /^([^/]+)\/(\d{8}\/([^/]+)\/([^/]+)\/aws4_request)$/.exec(said.credential ?? '');
  const [, accessKeyId, scope, region, service] = match ?? [];
  const atMs = Date.parse(
    amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z'),
  );
  if (accessKeyId === undefined || scope === undefined || region === undefined || service === undefined)
    return null;
  if (signature === undefined || signedHeaders === undefined || Number.isNaN(atMs)) return null;
  return {
    accessKeyId,
    scope,
    region,
    service,
    signedHeaders: signedHeaders.split(';'),
    signature,
    sessionToken,
    amzDate,
    atMs,
    ttlMs,
  };
}

/** The signature that a request must have if this secret made it. */
export function signatureFor(
  request: Request,
  { scope, signedHeaders, amzDate, ttlMs }: Omit<Signed, 'signature'>,
  secretAccessKey: string,
): string {
  const { method, path, query } = request;
  const headers = signedHeaders.map((name) => `${name}:${headerOf(request, name)}\n`).join('');
  const canonical = [
    method,
    canonicalPath(path, scope),
    canonicalQuery(query),
    headers,
    signedHeaders.join(';'),
    payloadHash(request, scope, ttlMs !== null),
  ].join('\n');
  return hex(
    hmacSha256(signingKey(secretAccessKey, scope), [ALGORITHM, amzDate, scope, sha256(canonical)].join('\n')),
  );
}

// A key is good for a day, a region and a service, and to derive it costs four times what a signature does.
const signingKeys = new Map<string, Uint8Array>();
const MOST_KEYS = 10_000;

function signingKey(secretAccessKey: string, scope: string): Uint8Array {
  const name = `${scope} ${secretAccessKey}`;
  const known = signingKeys.get(name);
  if (known !== undefined) return known;
  const key = scope.split('/').reduce(hmacSha256, bytesOf(`AWS4${secretAccessKey}`));
  if (signingKeys.size >= MOST_KEYS) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

/** Whether the body is the one of which the caller wrote down the hash. A body that is no text cannot be told. */
export function isBodyAsSaid({ headers, body }: Request): boolean {
  const said = headers['x-amz-content-sha256'];
  return (
    said === undefined || !/^[0-9a-f]{64}$/.test(said) || body.includes('\uFFFD') || said === sha256(body)
  );
}

function headerOf({ host, headers }: Request, name: string): string {
  const value = name === 'host' ? host : (headers[name] ?? '');
  return value.trim().replace(/ +/g, ' ');
}

// S3 takes the path as it was sent; everybody else encodes it once more.
function canonicalPath(path: string, scope: string): string {
  return isS3(scope) ? path : path.split('/').map(encoded).join('/');
}

function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function payloadHash({ headers, body }: Request, scope: string, isPresigned: boolean): string {
  const said = headers['x-amz-content-sha256'];
  return said ?? (isPresigned && isS3(scope) ? 'UNSIGNED-PAYLOAD' : sha256(body));
}

const isS3 = (scope: string) => scope.split('/')[2] === 's3';
const encoded = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
/** The SHA-256 of a text, in hexadecimal. */
export const sha256 = (text: string) => hex(digest(text));
