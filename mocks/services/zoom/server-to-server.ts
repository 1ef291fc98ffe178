// A server-to-server app: no user and no refresh token, each token is asked for with the app's own credentials.

import { ACCESS_TOKEN_ENDED, CLIENT_REFUSED, REFRESH_BARRED } from '../../causes.ts';
import { json, parseForm, type Request } from '../../http.ts';
import type { Call, Handled, Route, Variant, WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';
import { API_WIRE } from './api-wire.ts';
import { zoomAccountIdOf } from './ids.ts';
import { RATE_LIMITED } from './limits.ts';
import { ROUTES } from './routes.ts';

const PATH = '/oauth/token';
const GRANT_TYPE = 'account_credentials';
const COMMON = 'common experience, in no document';

const TOKEN: Route = {
  id: 'account.token',
  method: 'POST',
  path: PATH,
  auth: 'none',
  needsOneOf: [],
  effect: 'write',
  issuesFor: (request) => fieldsOf(request).account_id ?? null,
  handle: issueToken,
};

function issueToken({ request, tokens, nowMs }: Call): Handled {
  const fields = fieldsOf(request);
  if (fields.account_id === undefined) return { refused: 'missing-parameter' };
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  if (fields.grant_type !== GRANT_TYPE) return { refused: 'unsupported-grant-type' };
  const account = tokens.accounts().find((candidate) => zoomAccountIdOf(candidate) === fields.account_id);
  if (account === undefined) return { refused: 'not-found' };
  const issued = tokens.issue(account, null);
  if ('refused' in issued) return issued;
  const { value, token } = issued.access;
  return {
    answer: json(200, {
      access_token: value,
      token_type: 'bearer',
      ...(token.expiresAtMs === null ? {} : { expires_in: Math.round((token.expiresAtMs - nowMs) / 1000) }),
      scope: token.scopes.join(' '),
    }),
  };
}

function fieldsOf({ query, body }: Request): Record<string, string> {
  return { ...query, ...parseForm(body) };
}

const at = { at: 'resource', routes: [TOKEN.id] } as const;

const wire: readonly WireRow[] = [
  {
    id: 'account-credentials-bad-client',
    ...at,
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'missing', grantType: GRANT_TYPE, as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client', 'Invalid client_id or client_secret'),
  },
  {
    id: 'account-unknown',
    ...at,
    causes: ['not-found', 'missing-parameter'],
    produce: [{ call: `${PATH}?grant_type=${GRANT_TYPE}`, method: 'POST', as: 'nobody' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_request', 'Bad Request'),
  },
  {
    id: 'account-credentials-unsupported',
    ...at,
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'missing' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type', 'unsupported grant type'),
  },
  {
    id: 'app-disabled',
    ...at,
    causes: [...ACCESS_TOKEN_ENDED, ...REFRESH_BARRED],
    produce: [{ act: 'revoke-by-admin' }, { refresh: 'missing', grantType: GRANT_TYPE }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_client', 'The app has been disabled by the account.'),
  },
];

/** The variant. The token URL carries the grant type and the account, as the documentation writes it. */
export const serverToServer: Variant = {
  title: 'a server-to-server app: tokens of one hour for the app itself, no user, no refresh token',
  status: 'real',
  source: 'developers.zoom.us/docs/rooms/s2s-oauth',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'none' }, rotation: 'none', grantsPerAccount: null },
    endpoints: {
      token: [`${PATH}?grant_type=${GRANT_TYPE}&account_id={installation}`],
      revoke: [],
      authorize: [],
    },
    installationOf: zoomAccountIdOf,
    acts: { offboard: () => null, 'change-password': () => null, 'require-reauth': () => null },
    wire: [...API_WIRE, ...wire, RATE_LIMITED],
    routes: [...ROUTES, TOKEN],
  }),
};
