// `/oauth/migrate_old_token`: a ten-year token of before 2026-04-01 is exchanged, once, for one of a day that refreshes.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import { json, parseForm } from '../../http.ts';
import type { Call, Handled, Route, Variant, WireRow } from '../../service.ts';

const SOURCE = 'linear.app/developers/oauth-2-0-authentication: migrating to refresh tokens';

const ROUTE: Route = {
  id: 'oauth.migrate-old-token',
  method: 'POST',
  path: '/oauth/migrate_old_token',
  auth: 'none',
  needsOneOf: [],
  effect: 'write',
  handle: migrate,
};

function migrate({ tokens, request, nowMs }: Call): Handled {
  const { access_token: token } = parseForm(request.body);
  if (token === undefined) return { refused: 'missing-parameter', detail: 'access_token' };
  const pair = tokens.makeRefreshable(token, request);
  if ('refused' in pair) return pair;
  const { access, refresh, account } = pair;
  const { expiresAtMs, scopes } = access.token;
  return {
    account,
    answer: json(
      200,
      {
        access_token: access.value,
        token_type: 'Bearer',
        ...(expiresAtMs === null ? {} : { expires_in: Math.round((expiresAtMs - nowMs) / 1000) - 1 }),
        scope: scopes.join(' '),
        refresh_token: refresh.value,
      },
      { 'cache-control': 'no-store' },
    ),
  };
}

const REFUSED: WireRow = {
  id: 'migration-refused',
  at: 'resource',
  routes: [ROUTE.id],
  causes: [
    ...ACCESS_TOKEN_ENDED,
    'unknown-token',
    'expired',
    'not-refreshable',
    'missing-parameter',
    'wrong-client',
    'unknown-client',
    'wrong-secret',
    'client-deleted',
  ],
  produce: [{ call: ROUTE.path, method: 'POST', as: 'nobody', body: 'access_token=never-minted' }],
  source: `${SOURCE}; its errors are a guess`,
  sureness: 'assumed',
  answer: ({ detail }) =>
    json(400, { error: 'invalid_request', error_description: detail ?? 'Invalid access token' }),
};

/** The variant: as `before`, until the exchange turns the grant into one of today. */
export const migratable = (before: Variant): Variant => ({
  title: 'a ten-year token from before 2026-04-01, which can be exchanged, once, for one that refreshes',
  status: 'real',
  source: SOURCE,
  apply: (service) => {
    const old = before.apply(service);
    return {
      ...old,
      policy: { ...old.policy, refreshableAs: service.policy },
      wire: [...old.wire, REFUSED],
      routes: [...old.routes, ROUTE],
    };
  },
});
