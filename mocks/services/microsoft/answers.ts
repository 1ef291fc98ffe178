// The shapes in which Entra and Graph refuse: an AADSTS code in a long body, a code with an inner error, a challenge.

import { type Answer, type JsonObject, json } from '../../http.ts';
import type { Refused } from '../../service.ts';

/** Microsoft Graph as an application. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

const LOGIN = 'https://login.microsoftonline.com';
const AUTHORIZATION_URI = `${LOGIN}/common/oauth2/authorize`;

/** What an AADSTS error says beside its code and its text. */
interface Beside {
  readonly http?: number;
  readonly suberror?: string;
  /** What the next authorization request must ask for, as JSON in a string. */
  readonly claims?: string;
}

/** A refusal of the token endpoint. */
export function aadsts(
  { nowMs, randomness, key }: Refused,
  error: string,
  code: number,
  text: string,
  { http = 400, ...beside }: Beside = {},
): Answer {
  const traceId = randomness.uuid('trace', key);
  const correlationId = randomness.uuid('correlation', key);
  const timestamp = shortInstant(nowMs);
  const description = [
    `AADSTS${code}: ${text}`,
    `Trace ID: ${traceId}`,
    `Correlation ID: ${correlationId}`,
    `Timestamp: ${timestamp}`,
  ];
  const body: JsonObject = {
    error,
    error_description: description.join('\r\n'),
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${LOGIN}/error?code=${code}`,
    ...beside,
  };
  return json(http, body, { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });
}

/** A refusal of Graph. */
export function graphError(
  { nowMs, request, randomness, key }: Refused,
  http: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const requestId = randomness.uuid('request', key);
  const innerError = {
    date: new Date(nowMs).toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': request.headers['client-request-id'] ?? requestId,
  };
  return json(http, { error: { code, message, innerError } }, { 'request-id': requestId, ...headers });
}

/** The challenge with which Graph refuses a token; `more` is what follows the client id. */
export const challenge = (more = ''): Record<string, string> => ({
  'www-authenticate': `Bearer realm="", authorization_uri="${AUTHORIZATION_URI}", client_id="${GRAPH_APP_ID}"${more}`,
});

/** A page for the person who is asked to sign in. */
export function page({ nowMs, randomness, key }: Refused, code: number, text: string): Answer {
  const trouble = `AADSTS${code}: ${text}`;
  const request = `Request Id: ${randomness.uuid('trace', key)}, Timestamp: ${shortInstant(nowMs)}`;
  return {
    status: 400,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html><title>Sign in to your account</title><h1>Sorry, but we’re having trouble signing you in.</h1><p>${escaped(trouble)}</p><p>${request}</p>`,
  };
}

/** An instant as token errors quote it, with seven digits after the point. */
export const longInstant = (ms: number): string => new Date(ms).toISOString().replace(/Z$/, '0000Z');

/** A duration as token errors quote it: days, hours, minutes, seconds. */
export function timeSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two);
  return `${Math.floor(seconds / 86_400)}.${clock.join(':')}`;
}

const shortInstant = (ms: number) =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
