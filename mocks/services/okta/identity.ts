// Who a token speaks for: user info, introspection, and what clients look up before they sign anybody in.

import { json, parseForm } from '../../http.ts';
import { keySet } from '../../id-token.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { loginOf, userIdOf } from './ids.ts';

/** The service as issuers and keys know it. */
export const SERVICE_ID = 'okta';

const OPEN = { auth: 'none', needsOneOf: [], effect: 'read' } as const;

/** The routes; those of the org authorization server stand again below each custom one. */
export const IDENTITY_ROUTES: readonly Route[] = [
  ...serverRoutes('/oauth2/v1', ''),
  ...serverRoutes('/oauth2/{server}/v1', '.custom'),
  {
    id: 'discovery',
    method: 'GET',
    path: '/.well-known/openid-configuration',
    ...OPEN,
    handle: ({ origin }) => ({
      answer: json(200, {
        issuer: origin,
        authorization_endpoint: `${origin}/oauth2/v1/authorize`,
        token_endpoint: `${origin}/oauth2/v1/token`,
        userinfo_endpoint: `${origin}/oauth2/v1/userinfo`,
        introspection_endpoint: `${origin}/oauth2/v1/introspect`,
        revocation_endpoint: `${origin}/oauth2/v1/revoke`,
        jwks_uri: `${origin}/oauth2/v1/keys`,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      }),
    }),
  },
];

function serverRoutes(base: string, suffix: string): readonly Route[] {
  return [
    {
      id: `userinfo${suffix}`,
      method: 'GET',
      path: `${base}/userinfo`,
      needsOneOf: ['openid', 'profile', 'email'],
      effect: 'read',
      handle: ({ account }) => ({
        answer: json(200, {
          sub: userIdOf(account.tenant, 1),
          name: 'Integration User',
          preferred_username: loginOf(account),
          email: loginOf(account),
          email_verified: true,
        }),
      }),
    },
    { id: `introspect${suffix}`, method: 'POST', path: `${base}/introspect`, ...OPEN, handle: introspect },
    {
      id: `keys${suffix}`,
      method: 'GET',
      path: `${base}/keys`,
      ...OPEN,
      handle: () => ({ answer: json(200, keySet(SERVICE_ID)) }),
    },
  ];
}

function introspect({ request, tokens, origin }: Call): Handled {
  const { token } = parseForm(request.body);
  if (token === undefined || token === '') return { refused: 'missing-parameter' };
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const view = tokens.find(token);
  if (view === null || !view.live) return { answer: json(200, { active: false }) };
  return {
    answer: json(200, {
      active: true,
      scope: view.scopes.join(' '),
      username: loginOf(view.account),
      ...(view.expiresAtMs === null ? {} : { exp: Math.floor(view.expiresAtMs / 1000) }),
      iat: Math.floor(view.issuedAtMs / 1000),
      sub: loginOf(view.account),
      aud: origin,
      iss: origin,
      token_type: view.kind === 'access' ? 'Bearer' : 'refresh_token',
      client_id: view.clientId,
      uid: userIdOf(view.account.tenant, 1),
    }),
  };
}
