// Signs requests as an SDK does: what the recipes and the tests send.

import type { Request } from '../../http.ts';
import type { Credential } from '../../proof.ts';
import { type Credentials, credentialsIn, documentOf } from './credentials.ts';
import { accessKeyId } from './ids.ts';
import { serviceOf } from './protocol.ts';
import { sha256, signatureFor } from './signature.ts';

const REGION = 'us-east-1';
const STRANGER = accessKeyId('ASIA', '123456789012', '0');

/** A request with its signature, by a session or by the IAM user; a container shows its token as it is. */
export function present(request: Request, by: Credential, nowMs: number): Request {
  if ('client' in by && request.path.startsWith('/v2/')) {
    return { ...request, headers: { ...request.headers, authorization: by.client.secret ?? '' } };
  }
  return signed(request, 'client' in by ? ofClient(by.client) : ofToken(by.token), nowMs);
}

/** A request signed at a moment with these credentials. */
export function signed(request: Request, by: Credentials, nowMs: number): Request {
  const amzDate = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const service = serviceOf(request);
  const scope = `${amzDate.slice(0, 8)}/${REGION}/${service}/aws4_request`;
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': amzDate };
  headers['x-amz-content-sha256'] = sha256(request.body);
  if (by.sessionToken !== null) headers['x-amz-security-token'] = by.sessionToken;
  const signedHeaders = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))].sort();
  const ready = { ...request, headers };
  const about = { ...by, scope, region: REGION, service, signedHeaders, amzDate, atMs: nowMs, ttlMs: null };
  const signature = signatureFor(ready, about, by.secretAccessKey);
  const credential = `${by.accessKeyId}/${scope}`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return ready;
}

// Who presents what is no token at all is a stranger with a key that nobody minted.
const ofToken = (token: string): Credentials =>
  credentialsIn(token.startsWith('{') ? token : documentOf(STRANGER));
const ofClient = ({ id, secret }: { id: string; secret: string | null }): Credentials => ({
  accessKeyId: id,
  secretAccessKey: secret ?? '',
  sessionToken: null,
});
