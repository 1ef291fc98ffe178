// What every call must carry beside its credential: the API's version, and with an OAuth token the beta that allows it.

import type { Call, Handled, Route } from '../../service.ts';

/** The beta without which the API does not take OAuth tokens. */
export const OAUTH_BETA = 'oauth-2025-04-20';

/** A route whose handler is reached only by calls that carry what they must. */
export const guarded = (route: Route): Route => ({
  ...route,
  handle: (call) => missingHeader(call) ?? route.handle(call),
});

function missingHeader({ request }: Call): Handled | null {
  const isOAuth = request.headers['x-api-key'] === undefined || request.headers.authorization !== undefined;
  const betas = (request.headers['anthropic-beta'] ?? '').split(',').map((beta) => beta.trim());
  if (isOAuth && !betas.includes(OAUTH_BETA)) return { refused: 'missing-parameter', detail: OAUTH_BETA };
  if (request.headers['anthropic-version'] !== undefined) return null;
  return { refused: 'bad-request', detail: 'anthropic-version: header is required' };
}
