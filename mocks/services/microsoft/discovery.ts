// What clients look up before they sign anybody in: the endpoints of a tenant, its keys, and which clouds there are.

import { json } from '../../http.ts';
import { keySet } from '../../id-token.ts';
import type { Route } from '../../service.ts';

/** The service as issuers and keys know it. */
export const SERVICE_ID = 'microsoft';

const OPEN = { auth: 'none', needsOneOf: [], effect: 'read', method: 'GET' } as const;

/** The routes, open to everybody. */
export const DISCOVERY: readonly Route[] = [
  {
    id: 'discovery.openid',
    ...OPEN,
    path: '/{tenant}/v2.0/.well-known/openid-configuration',
    handle: ({ origin, params }) => ({
      answer: json(200, {
        issuer: issuerOf(origin, params.tenant ?? ''),
        authorization_endpoint: `${origin}/${params.tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${origin}/${params.tenant}/oauth2/v2.0/token`,
        jwks_uri: `${origin}/${params.tenant}/discovery/v2.0/keys`,
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      }),
    }),
  },
  {
    id: 'discovery.keys',
    ...OPEN,
    path: '/{tenant}/discovery/v2.0/keys',
    handle: () => ({ answer: json(200, keySet(SERVICE_ID)) }),
  },
  {
    id: 'discovery.instance',
    ...OPEN,
    path: '/common/discovery/instance',
    handle: ({ origin }) => {
      const { host } = new URL(origin);
      const metadata = [{ preferred_network: host, preferred_cache: host, aliases: [host] }];
      const tenant_discovery_endpoint = `${origin}/common/v2.0/.well-known/openid-configuration`;
      return { answer: json(200, { tenant_discovery_endpoint, 'api-version': '1.1', metadata }) };
    },
  },
];

/** Who issues identity tokens of a tenant. */
export const issuerOf = (origin: string, tenantId: string): string => `${origin}/${tenantId}/v2.0`;
