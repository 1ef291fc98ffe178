// A request and its answer as plain data, so that they can be recorded, replayed and faulted.

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** A request as a service sees it. Header names are lower case; repeated query keys are joined by commas. */
export interface Request {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The base URL under which the caller reached the service, where that is not the provider's own. */
  readonly origin?: string;
}

/** An answer. A body that is not a string is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  /** Values of Set-Cookie headers, which cannot be joined into one. */
  readonly cookies?: readonly string[];
}

/** An answer with a JSON body. */
export function json(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

/** An answer without a body. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: '' };
}

/** The bytes to send for an answer's body. */
export function encodeBody(answer: Answer): string {
  return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
}

/** The fields of a form or of a query string. The first of repeated keys wins, as RFC 6749 forbids repetition. */
export function parseForm(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  // Without an array for each field, as an iterator would make them.
  new URLSearchParams(text).forEach((value, key) => {
    fields[key] ??= value;
  });
  return fields;
}

/** The fields of a query string; the values of repeated keys are joined by commas. */
export function parseQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    query[key] = query[key] === undefined ? value : `${query[key]},${value}`;
  }
  return query;
}

/** The JSON object in a text, or null where there is none. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a parsed JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
