// The shapes in which Anthropic answers: errors that name their type, and a request id on everything.

import { type Answer, type Json, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';

/** Whose request it is, for the ids that the server makes up. */
interface Asked {
  readonly randomness: Randomness;
  readonly key: string;
}

/** An id of the server's own, such as `req_011C...`. */
export const idOf = (
  prefix: string,
  { randomness, key }: Asked,
  ...more: readonly (string | number)[]
): string => `${prefix}_01${randomness.chars(22, 'anthropic', prefix, key, ...more)}`;

/** A successful answer. */
export const success = (asked: Asked, body: Json): Answer =>
  json(200, body, { 'request-id': idOf('req', asked) });

/** A refusal of the API. */
export function apiError(
  asked: Asked,
  status: number,
  type: string,
  message: string,
  details?: Json,
): Answer {
  const requestId = idOf('req', asked);
  const error = { type, message, ...(details === undefined ? {} : { details }) };
  return json(status, { type: 'error', error, request_id: requestId }, { 'request-id': requestId });
}

/** A refusal of the token endpoint. */
export const oauthError = (asked: Asked, status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, { 'request-id': idOf('req', asked) });
