// The shapes in which Airtable refuses: a type and a message in the API, and the words of RFC 6749 at the token endpoint.

import { type Answer, json } from '../../http.ts';

/** A refusal of the API. */
export const apiError = (status: number, type: string, message: string): Answer =>
  json(status, { error: { type, message } });

/** A refusal of the OAuth endpoints. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });
