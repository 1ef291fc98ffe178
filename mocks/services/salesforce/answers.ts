// The shapes in which Salesforce refuses: OAuth's at the OAuth endpoints, an array everywhere else.

import { type Answer, json } from '../../http.ts';
import type { Refused } from '../../service.ts';
import { oauthAnswer } from './encoding.ts';

/** A refusal of an OAuth endpoint. Salesforce answers 400 even where RFC 6749 says 401. */
export const oauthError =
  (error: string, description: string) =>
  ({ request }: Refused): Answer =>
    oauthAnswer(request, 400, { error, error_description: description });

/** A refusal of the REST API: always an array, even of one. */
export function apiError(
  status: number,
  errorCode: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return json(status, [{ message, errorCode }], headers);
}

/** The refusal of a client, which says whether its id or its secret was wrong. */
export function clientError(refused: Refused): Answer {
  const answer =
    refused.cause === 'wrong-secret'
      ? oauthError('invalid_client', 'invalid client credentials')
      : oauthError('invalid_client_id', 'client identifier invalid');
  return answer(refused);
}

/** The page that a person sees in place of the consent. */
export function errorPage(error: string, description: string): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: `<!DOCTYPE html><title>OAuth Error</title><h1>OAuth Error</h1><p>error=${error}&amp;error_description=${description}</p>`,
  };
}
