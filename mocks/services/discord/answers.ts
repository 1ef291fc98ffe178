// The shapes in which Discord refuses: a message and a code in the API, an error and sometimes words at the token endpoint.

import { type Answer, type JsonObject, json } from '../../http.ts';

/** A refusal of the API. Code 0 is the bare HTTP status; `more` are the fields that some codes add. */
export const apiError = (status: number, code: number, message: string, more: JsonObject = {}): Answer =>
  json(status, { message, code, ...more });

/** A refusal of the OAuth endpoints. */
export const oauthError = (status: number, error: string, description?: string): Answer =>
  json(status, { error, ...(description === undefined ? {} : { error_description: description }) });
