// The shapes in which Zoom refuses: a reason and an error at the token endpoint, a code and a message in the API.

import { type Answer, type Json, json } from '../../http.ts';

/** A refusal of the OAuth endpoints. What matters is in `reason`: `error` is not always what RFC 6749 wants. */
export const oauthError = (status: number, error: string, reason: string): Answer =>
  json(status, { reason, error });

/** A refusal of the API, with Zoom's own code. */
export const apiError = (status: number, code: number, message: string, errors?: Json): Answer =>
  json(status, { code, message, ...(errors === undefined ? {} : { errors }) });
