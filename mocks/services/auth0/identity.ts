// Who a token speaks for, and what clients look up before they sign anybody in.

import { json } from '../../http.ts';
import { keySet } from '../../id-token.ts';
import type { Route } from '../../service.ts';
import { emailOf, userIdOf } from './ids.ts';

/** The service as issuers and keys know it. */
export const SERVICE_ID = 'auth0';

const OPEN = { auth: 'none', needsOneOf: [], effect: 'read', method: 'GET' } as const;

/** The routes. */
export const IDENTITY_ROUTES: readonly Route[] = [
  {
    id: 'userinfo',
    method: 'GET',
    path: '/userinfo',
    needsOneOf: ['openid'],
    effect: 'read',
    handle: ({ account: { tenant }, scopes }) => ({
      answer: json(200, {
        sub: userIdOf(tenant, 1),
        ...(scopes.includes('profile') ? { name: 'integration', nickname: 'integration' } : {}),
        ...(scopes.includes('email') ? { email: emailOf(tenant, 'integration'), email_verified: true } : {}),
      }),
    }),
  },
  {
    id: 'keys',
    ...OPEN,
    path: '/.well-known/jwks.json',
    handle: () => ({ answer: json(200, keySet(SERVICE_ID)) }),
  },
  {
    id: 'discovery',
    ...OPEN,
    path: '/.well-known/openid-configuration',
    handle: ({ origin }) => ({
      answer: json(200, {
        issuer: `${origin}/`,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/oauth/token`,
        userinfo_endpoint: `${origin}/userinfo`,
        revocation_endpoint: `${origin}/oauth/revoke`,
        jwks_uri: `${origin}/.well-known/jwks.json`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        code_challenge_methods_supported: ['S256', 'plain'],
      }),
    }),
  },
];
