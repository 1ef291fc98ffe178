// The shapes in which Stripe answers: errors with a type and a code, OAuth errors by the RFC, a request id on all.

import { type Answer, type Json, type JsonObject, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';

/** Whose request it is, for the ids that the server makes up. */
interface Asked {
  readonly randomness: Randomness;
  readonly key: string;
}

/** An id of the server's own, such as `cus_...`. */
export const idOf = (prefix: string, { randomness, key }: Asked): string =>
  `${prefix}_${randomness.chars(14, 'stripe', prefix, key)}`;

/** A successful answer. */
export const success = (asked: Asked, body: Json): Answer => json(200, body, requestId(asked));

/** A refusal of the API. */
export const failed = (asked: Asked, status: number, message: string, more: JsonObject = {}): Answer =>
  json(status, { error: { type: 'invalid_request_error', message, ...more } }, requestId(asked));

/** A refusal of the token endpoint. */
export const oauthError = (asked: Asked, status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, requestId(asked));

const requestId = (asked: Asked) => ({ 'request-id': idOf('req', asked) });
