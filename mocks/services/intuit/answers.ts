// The shapes in which Intuit answers: bare OAuth errors, the gateway's fault, the service's Fault; each with an intuit_tid.

import { type Answer, type JsonObject, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';

/** What every answer is traced by. */
export interface Traced {
  readonly randomness: Randomness;
  readonly key: string;
  readonly nowMs: number;
}

/** The header that support asks for: a version, the second in hexadecimal, and a draw. */
export function traceHeader({ randomness, key, nowMs }: Traced): Record<string, string> {
  const second = Math.floor(nowMs / 1000).toString(16);
  return { intuit_tid: `1-${second}-${randomness.hex(24, 'intuit trace', key)}` };
}

/** A refusal of the OAuth endpoints. */
export const oauthError = (traced: Traced, status: number, error: string, description?: string): Answer =>
  json(
    status,
    { error, ...(description === undefined ? {} : { error_description: description }) },
    traceHeader(traced),
  );

/** What a fault is about. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  readonly detail: string | null;
  readonly code: string;
  readonly type: string;
}

/** A fault of the gateway: in lower case, among members that say nothing. */
export const gatewayFault = (traced: Traced, { status, message, detail, code, type }: Fault): Answer =>
  json(
    status,
    {
      warnings: null,
      intuitObject: null,
      fault: { error: [{ message, detail, code, element: null }], type },
      report: null,
      queryResponse: null,
      batchItemResponse: [],
      attachableResponse: [],
      syncErrorResponse: null,
      requestId: null,
      time: traced.nowMs,
      status: null,
      cdcresponse: [],
    },
    traceHeader(traced),
  );

/** A fault of the service behind the gateway: in upper case. */
export const serviceFault = (traced: Traced, { status, message, detail, code, type }: Fault): Answer =>
  json(
    status,
    {
      Fault: { Error: [{ Message: message, Detail: detail ?? '', code }], type },
      time: timeOf(traced.nowMs),
    },
    traceHeader(traced),
  );

/** A success of the accounting API. */
export const found = (traced: Traced, body: JsonObject): Answer =>
  json(200, { ...body, time: timeOf(traced.nowMs) }, traceHeader(traced));

/** A moment as the service writes it: Pacific time in reality, UTC here. */
export const timeOf = (ms: number): string => new Date(ms).toISOString().replace('Z', '-00:00');
