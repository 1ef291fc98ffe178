// The shapes in which Dropbox refuses: OAuth's at the token endpoint, tagged unions in the API, plain text for nonsense.

import { type Answer, type JsonObject, json } from '../../http.ts';
import type { Refused } from '../../service.ts';

/** A refusal of the token endpoint. */
export const oauthError = (error: string, description: string): Answer =>
  json(400, { error_description: description, error });

/** A refusal of the API: a tag, and beside it a summary for people. */
export function tagged(refused: Refused, status: number, error: JsonObject): Answer {
  return json(status, { error_summary: `${pathOf(error)}/${dots(refused)}`, error });
}

/** A refusal of what is no proper call: text. */
export const textError = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: text,
});

/** Dropbox ends summaries with a random number of dots, so that nobody compares them. */
export const dots = ({ randomness, key }: Refused) =>
  '.'.repeat(Math.floor(randomness.uniform('dropbox dots', key) * 4));

function pathOf(error: JsonObject): string {
  const tag = String(error['.tag']);
  const inner = error[tag];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? `${tag}/${pathOf(inner as JsonObject)}`
    : tag;
}
