// The shapes in which OpenAI answers: errors with a type and a code, and a request id on everything.

import { type Answer, type Json, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';

/** Whose request it is, for the ids that the server makes up. */
interface Asked {
  readonly randomness: Randomness;
  readonly key: string;
}

/** An id of the server's own, such as `chatcmpl-...`. */
export const idOf = (prefix: string, { randomness, key }: Asked): string =>
  `${prefix}${randomness.chars(24, 'openai', prefix, key)}`;

/** A successful answer. */
export const success = (asked: Asked, body: Json): Answer => json(200, body, requestId(asked));

/** A refusal. */
export const failed = (
  asked: Asked,
  status: number,
  message: string,
  {
    type = 'invalid_request_error',
    code = null,
  }: { readonly type?: string; readonly code?: string | null } = {},
): Answer => json(status, { error: { message, type, param: null, code } }, requestId(asked));

const requestId = (asked: Asked) => ({
  'x-request-id': `req_${asked.randomness.hex(32, 'request', asked.key)}`,
});
