// The shapes in which Spotify refuses: OAuth's at the token endpoint, status and message in the Web API.

import { type Answer, json } from '../../http.ts';

/** A refusal of the token endpoint. */
export const oauthError = (error: string, description: string, status = 400): Answer =>
  json(status, { error, error_description: description });

/** A refusal of the Web API. */
export const apiError = (status: number, message: string): Answer =>
  json(status, { error: { status, message } });

/** What the person sees who is asked to connect: a line of text. */
export const page = (text: string): Answer => ({
  status: 400,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: text,
});
