// S3: objects in buckets, by GET, PUT, HEAD and DELETE.

import { md5 } from '@noble/hashes/legacy.js';
import { bytesOf, hex, joined, textOf } from '../../encoding.ts';
import type { Answer, JsonObject, Request } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { s3Answer, s3Headers } from './answers.ts';
import { instantOf } from './issue-session.ts';
import { xml } from './xml.ts';

const OBJECT = '/{bucket}/{key+}';
const OBJECTS = 's3-objects';
const BUCKETS = 's3-buckets';

const CARRIAGE_RETURN = 0x0d;

/** Whether a request is for S3 and not for a service that is told by a header or an action. */
const isPlain = ({ query }: Request) => query.Action === undefined;

/** The routes. */
export const S3_ROUTES: readonly Route[] = [
  {
    id: 's3.GetObject',
    method: 'GET',
    path: OBJECT,
    when: isPlain,
    needsOneOf: ['s3:GetObject'],
    effect: 'read',
    handle: (call) => withObject(call, (object) => ({ answer: shown(call, object) })),
  },
  {
    id: 's3.HeadObject',
    method: 'HEAD',
    path: OBJECT,
    needsOneOf: ['s3:GetObject'],
    effect: 'read',
    // The transport sends the head of it only.
    handle: (call) => withObject(call, (object) => ({ answer: shown(call, object) })),
  },
  {
    id: 's3.PutObject',
    method: 'PUT',
    path: OBJECT,
    needsOneOf: ['s3:PutObject'],
    effect: 'write',
    handle: putObject,
  },
  {
    id: 's3.DeleteObject',
    method: 'DELETE',
    path: OBJECT,
    needsOneOf: ['s3:DeleteObject'],
    effect: 'write',
    handle: (call) =>
      withBucket(call, () => {
        call.data(OBJECTS).delete(keyOf(call));
        const answer = { status: 204, headers: s3Headers(call), body: '' };
        return { answer, writes: [{ place: `s3/${keyOf(call)}`, cells: { deleted: 'true' } }] };
      }),
  },
  {
    id: 's3.ListObjectsV2',
    method: 'GET',
    path: '/{bucket}',
    when: ({ query }) => query['list-type'] === '2',
    needsOneOf: ['s3:ListBucket'],
    effect: 'read',
    handle: (call) => withBucket(call, () => listObjects(call)),
  },
  {
    id: 's3.ListObjectsV2.slashed',
    method: 'GET',
    path: '/{bucket}/',
    when: ({ query }) => query['list-type'] === '2',
    needsOneOf: ['s3:ListBucket'],
    effect: 'read',
    handle: (call) => withBucket(call, () => listObjects(call)),
  },
];

/** An object as it is kept. */
export function s3Object(bucket: string, key: string, body: string, type: string, atMs: number): JsonObject {
  const etag = `"${hex(md5(bytesOf(body)))}"`;
  return { id: `${bucket}/${key}`, bucket, key, body, type, etag, modified: atMs };
}

function putObject(call: Call): Handled {
  return withBucket(call, (bucket) => {
    const { request, nowMs, params, data } = call;
    const body = plainBody(request);
    const type = request.headers['content-type'] ?? 'application/octet-stream';
    const object = s3Object(bucket, params.key ?? '', body, type, nowMs);
    data(OBJECTS).put(String(object.id), object);
    const headers = { ...s3Headers(call), etag: String(object.etag) };
    return {
      answer: { status: 200, headers, body: '' },
      writes: [{ place: `s3/${object.id}`, cells: { body } }],
    };
  });
}

// SDKs may send the body in chunks with a checksum after the last: length in hexadecimal, chunk, length, chunk, 0.
function plainBody({ headers, body }: Request): string {
  if (headers['content-encoding']?.includes('aws-chunked') !== true) return body;
  const bytes = bytesOf(body);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf(CARRIAGE_RETURN, at);
    const length = Number.parseInt(textOf(bytes.subarray(at, lineEnd)), 16);
    if (lineEnd < 0 || !(length > 0)) break;
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
  return textOf(joined(chunks));
}

function listObjects(call: Call): Handled {
  const { bucket = '' } = call.params;
  const { prefix = '' } = call.request.query;
  const found = call
    .data(OBJECTS)
    .list()
    .filter((object) => object.bucket === bucket && String(object.key).startsWith(prefix));
  const contents = found.map((object) =>
    xml({
      Contents: {
        Key: String(object.key),
        LastModified: instantOf(Number(object.modified)),
        ETag: String(object.etag),
        Size: bytesOf(String(object.body)).length,
        StorageClass: 'STANDARD',
      },
    }),
  );
  const head = xml({
    Name: bucket,
    Prefix: prefix,
    KeyCount: found.length,
    MaxKeys: 1000,
    IsTruncated: false,
  });
  return { answer: s3Answer(call, 'ListBucketResult', head + contents.join('')) };
}

function shown(call: Call, { body, type, etag, modified }: JsonObject): Answer {
  const headers = {
    ...s3Headers(call),
    'content-type': String(type),
    etag: String(etag),
    'last-modified': new Date(Number(modified)).toUTCString(),
    'accept-ranges': 'bytes',
  };
  return { status: 200, headers, body: String(body) };
}

function withObject(call: Call, handle: (object: JsonObject) => Handled): Handled {
  return withBucket(call, () => {
    const object = call.data(OBJECTS).get(keyOf(call));
    return object === null
      ? { refused: 'not-found', code: 'NoSuchKey', detail: call.params.key ?? '' }
      : handle(object);
  });
}

function withBucket(call: Call, handle: (bucket: string) => Handled): Handled {
  const { bucket = '' } = call.params;
  if (call.data(BUCKETS).get(bucket) !== null) return handle(bucket);
  if (call.heldElsewhere(BUCKETS, bucket)) return { refused: 'other-tenant' };
  return { refused: 'not-found', code: 'NoSuchBucket', detail: bucket };
}

const keyOf = ({ params }: Call) => `${params.bucket}/${params.key}`;
