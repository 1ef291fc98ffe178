// The shapes in which AWS answers: the Query protocol's XML, EC2's, S3's, and JSON with or without a target.

import { type Answer, type Json, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import { type Content, xml } from './xml.ts';

/** What every answer draws its request id from. */
export interface Drawn {
  readonly randomness: Randomness;
  readonly key: string;
}

const NAMESPACES = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  s3: 'http://s3.amazonaws.com/doc/2006-03-01/',
} as const;
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const requestId = ({ randomness, key }: Drawn) => randomness.uuid('aws request', key);

function xmlAnswer(status: number, body: string, headers: Readonly<Record<string, string>>): Answer {
  return { status, headers: { 'content-type': 'text/xml', ...headers }, body };
}

/** A success of STS or IAM. */
export function queryAnswer(drawn: Drawn, service: 'sts' | 'iam', action: string, result: Content): Answer {
  const id = requestId(drawn);
  const inside = xml({ [`${action}Result`]: result, ResponseMetadata: { RequestId: id } });
  const body = `<${action}Response xmlns="${NAMESPACES[service]}">${inside}</${action}Response>`;
  return xmlAnswer(200, body, { 'x-amzn-requestid': id });
}

/** A refusal of STS or IAM. */
export function queryError(
  drawn: Drawn,
  service: 'sts' | 'iam',
  status: number,
  code: string,
  message: string,
): Answer {
  const id = requestId(drawn);
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  const body = `<ErrorResponse xmlns="${NAMESPACES[service]}">${xml({ Error: error, RequestId: id })}</ErrorResponse>`;
  return xmlAnswer(status, body, { 'x-amzn-requestid': id });
}

/** A success of EC2. */
export function ec2Answer(
  drawn: Drawn,
  action: string,
  result: { readonly [name: string]: Content },
): Answer {
  const id = requestId(drawn);
  const inside = xml({ requestId: id, ...result }, 'item');
  const body = `${DECLARATION}<${action}Response xmlns="${NAMESPACES.ec2}">${inside}</${action}Response>`;
  return xmlAnswer(200, body, { 'x-amzn-requestid': id });
}

/** A refusal of EC2. */
export function ec2Error(drawn: Drawn, status: number, code: string, message: string): Answer {
  const id = requestId(drawn);
  const body = xml({ Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: id } });
  return xmlAnswer(status, DECLARATION + body, { 'x-amzn-requestid': id });
}

/** A success of S3 that lists something. */
export function s3Answer(drawn: Drawn, name: string, inside: string): Answer {
  const body = `${DECLARATION}<${name} xmlns="${NAMESPACES.s3}">${inside}</${name}>`;
  return { status: 200, headers: { 'content-type': 'application/xml', ...s3Headers(drawn) }, body };
}

/** A refusal of S3; `more` comes between the message and the request id. */
export function s3Error(
  drawn: Drawn,
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, string>> = {},
): Answer {
  const headers = s3Headers(drawn);
  const error = {
    Code: code,
    Message: message,
    ...more,
    RequestId: headers['x-amz-request-id'],
    HostId: headers['x-amz-id-2'],
  };
  const body = DECLARATION + xml({ Error: error });
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

/** The headers of every answer of S3. */
export const s3Headers = ({ randomness, key }: Drawn) => ({
  'x-amz-request-id': randomness.hex(16, 'aws request', key).toUpperCase(),
  'x-amz-id-2': randomness.chars(76, 'aws host', key),
});

/** An answer of a service that speaks JSON 1.0. */
export const jsonAnswer = (drawn: Drawn, status: number, body: Json): Answer =>
  json(status, body, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId(drawn) });

/** An answer of a service that speaks REST and JSON. */
export const restAnswer = (
  drawn: Drawn,
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>> = {},
): Answer => json(status, body, { 'x-amzn-requestid': requestId(drawn), ...headers });
