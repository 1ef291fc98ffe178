// The shapes in which Asana refuses: OAuth's at the token endpoint, a list of messages with help in the API.

import { type Answer, json } from '../../http.ts';

const HELP =
  'For more information on API status codes and how to handle them, read the docs on errors: ' +
  'https://developers.asana.com/docs/errors';

/** A refusal of the token endpoint; Asana often leaves the description out. */
export const oauthError = (status: number, error: string, description?: string): Answer =>
  json(status, { error, ...(description === undefined ? {} : { error_description: description }) });

/** A refusal of the API. */
export const apiError = (status: number, message: string): Answer =>
  json(status, { errors: [{ message, help: HELP }] });
