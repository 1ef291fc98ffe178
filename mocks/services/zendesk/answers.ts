// The shapes in which Zendesk refuses: OAuth's, and the API's own with an error and its description.

import { type Answer, type Json, json } from '../../http.ts';

/** A refusal in the words of OAuth, which calls with a bad token get, too. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description });

/** A refusal of the API. */
export const apiError = (status: number, error: string, description: string, details?: Json): Answer =>
  json(status, { error, description, ...(details === undefined ? {} : { details }) });

/** A page for the person who is asked to connect. */
export const page = (text: string): Answer => ({
  status: 400,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><title>Zendesk</title><p>${text}</p>`,
});
