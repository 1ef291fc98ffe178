// What an identity server adds for those who ask for openid: a signed id token, and where to find its key.

import { type JsonObject, json } from '../../http.ts';
import { keySet, signIdToken } from '../../id-token.ts';
import type { Granted, Route } from '../../service.ts';
import { subjectOf, userIdOf } from './ids.ts';

const ID_TOKEN_LIFETIME_S = 300;
const DISCOVERY = '/.well-known/openid-configuration';
const KEYS = `${DISCOVERY}/jwks`;

const OPEN = { method: 'GET', auth: 'none', needsOneOf: [], effect: 'read' } as const;

/** The id token of a grant with the scope openid; nothing for others. */
export function idToken({ scopes, nowMs, origin, client, account }: Granted): JsonObject {
  if (!scopes.includes('openid')) return {};
  const nowS = Math.floor(nowMs / 1000);
  const claims = {
    nbf: nowS,
    exp: nowS + ID_TOKEN_LIFETIME_S,
    iss: origin,
    aud: client.id,
    iat: nowS,
    sub: subjectOf(account),
    xero_userid: userIdOf(account),
    ...(scopes.includes('email') ? { email: `${account.id}@${account.tenant}.example` } : {}),
  };
  return { id_token: signIdToken('xero', claims) };
}

/** The routes. */
export const OPENID_ROUTES: readonly Route[] = [
  {
    id: 'openid.configuration',
    path: DISCOVERY,
    ...OPEN,
    handle: ({ origin }) => ({
      answer: json(200, {
        issuer: origin,
        jwks_uri: `${origin}${KEYS}`,
        authorization_endpoint: `${origin}/identity/connect/authorize`,
        token_endpoint: `${origin}/connect/token`,
        revocation_endpoint: `${origin}/connect/revocation`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        code_challenge_methods_supported: ['plain', 'S256'],
      }),
    }),
  },
  {
    id: 'openid.keys',
    path: KEYS,
    ...OPEN,
    handle: () => ({ answer: json(200, keySet('xero')) }),
  },
];
