// The shapes in which HubSpot refuses: OAuth's at the OAuth endpoints, its own everywhere else, pages for people.

import { type Answer, type JsonObject, json } from '../../http.ts';
import type { Refused } from '../../service.ts';

/** A refusal as the OAuth endpoints word it: the fields of RFC 6749, and beside them HubSpot's older ones. */
export const oauthError = (error: string, status: string, message: string, http = 400) =>
  json(http, { error, error_description: message, status, message });

/** A refusal as the rest of the API words it. */
export function apiError(
  { randomness, key }: Refused,
  http: number,
  category: string,
  message: string,
  more: JsonObject = {},
): Answer {
  const correlationId = randomness.uuid('correlation', key);
  return json(http, { status: 'error', message, correlationId, category, ...more });
}

/** The refusal of a client, which says whether its id or its secret was wrong. */
export function clientError({ cause }: Refused): Answer {
  const what = cause === 'wrong-secret' || cause === 'wrong-client-auth' ? 'secret' : 'id';
  return oauthError(
    'invalid_client',
    `BAD_CLIENT_${what.toUpperCase()}`,
    `missing or invalid client ${what}`,
  );
}

/** A page for the person who is asked to connect. */
export function page(title: string, text: string): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html><title>${title}</title><h1>${title}</h1><p>${text}</p>`,
  };
}
