// The shapes in which the server refuses: RFC 6749 at the token endpoint, a challenge where a call is not let in.

import { type Answer, empty, json } from '../../http.ts';
import type { Refused } from '../../service.ts';
import { RESOURCE_METADATA } from './places.ts';

/** A refusal of the authorization server. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, { 'cache-control': 'no-store' });

/** RFC 6749 section 5.2: a client that tried by the Authorization header is told by which scheme to try again. */
export function clientRefused({ request }: Refused): Answer {
  const refusal = oauthError(401, 'invalid_client', 'Client authentication failed');
  if (request.headers.authorization === undefined) return refusal;
  return { ...refusal, headers: { ...refusal.headers, 'www-authenticate': 'Basic realm="mcp"' } };
}

/** What a challenge may say beyond where the metadata is. */
interface Challenge {
  readonly error?: string;
  readonly description?: string;
  readonly scopes?: readonly string[];
}

/** The challenge of RFC 6750 with the parameter of RFC 9728. */
export function challengeOf(origin: string, { error, description, scopes }: Challenge): string {
  const params = {
    ...(error === undefined ? {} : { error }),
    ...(description === undefined ? {} : { error_description: description }),
    ...(scopes === undefined ? {} : { scope: scopes.join(' ') }),
    resource_metadata: `${origin}${RESOURCE_METADATA[0]}`,
  };
  const quoted = Object.entries(params).map(([name, value]) => `${name}="${value}"`);
  return `Bearer ${quoted.join(', ')}`;
}

/** A refusal of the resource server. Whoever came without a token learns only where to get one. */
export function challenged(status: number, origin: string, challenge: Challenge): Answer {
  const headers = { 'www-authenticate': challengeOf(origin, challenge) };
  const { error, description } = challenge;
  return error === undefined || description === undefined
    ? empty(status, headers)
    : json(status, { error, error_description: description }, headers);
}
