// The shapes in which Okta refuses: RFC 6749 at the token endpoint, a bare challenge or a numbered error in the API.

import { type Answer, empty, type Json, json } from '../../http.ts';
import type { Refused } from '../../service.ts';

/** A refusal of the OAuth endpoints. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(
    status,
    { error, error_description: description },
    { 'cache-control': 'no-cache, no-store', pragma: 'no-cache' },
  );

/** A refusal with one of Okta's own codes. */
export function numbered(
  { randomness, key }: Refused,
  status: number,
  errorCode: string,
  errorSummary: string,
  causes: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const errorCauses: Json = causes.map((cause) => ({ errorSummary: cause }));
  const errorId = `oae${randomness.chars(22, 'error', key)}`;
  return json(status, { errorCode, errorSummary, errorLink: errorCode, errorId, errorCauses }, headers);
}

/** A refusal of the management API to a bearer token: all of it is in the header. */
export function challenged(
  { request, origin, needsOneOf }: Refused,
  status: number,
  error: string,
  description: string,
): Answer {
  const parts = {
    authorization_uri: `${origin}/oauth2/v1/authorize`,
    realm: origin,
    scope: needsOneOf.join(' '),
    error,
    error_description: description,
    resource: request.path,
  };
  const said = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  return empty(status, { 'www-authenticate': `Bearer ${said.join(', ')}` });
}

/** A page for the person who is asked to sign in. */
export const page = (text: string): Answer => ({
  status: 400,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><title>Bad Request</title><h1>400</h1><p>Your request resulted in an error. ${text}</p>`,
});
