// Discovery: what the resource says of itself (RFC 9728), and the authorization server of itself (RFC 8414).

import { type JsonObject, json } from '../../http.ts';
import type { Route } from '../../service.ts';
import { RESOURCE_METADATA, resourceAt } from './places.ts';
import { BASIC_SCOPES, RARE_SCOPE } from './scopes.ts';

const SERVER_METADATA = '/.well-known/oauth-authorization-server';

const published = (id: string, path: string, document: (origin: string) => JsonObject): Route => ({
  id,
  method: 'GET',
  path,
  auth: 'none',
  needsOneOf: [],
  effect: 'read',
  handle: ({ origin }) => ({ answer: json(200, document(origin)) }),
});

// The scopes of a resource are those that it takes to begin with: the rarer one is told when it is needed.
const resourceMetadata = (origin: string): JsonObject => ({
  resource: resourceAt(origin),
  authorization_servers: [origin],
  scopes_supported: BASIC_SCOPES,
  bearer_methods_supported: ['header'],
  resource_name: 'Notes',
});

const serverMetadata = (origin: string): JsonObject => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  registration_endpoint: `${origin}/register`,
  revocation_endpoint: `${origin}/revoke`,
  scopes_supported: [...BASIC_SCOPES, RARE_SCOPE, 'offline_access'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
  code_challenge_methods_supported: ['S256'],
  client_id_metadata_document_supported: true,
  authorization_response_iss_parameter_supported: true,
});

/** The routes. */
export const METADATA_ROUTES: readonly Route[] = [
  published('metadata.resource', RESOURCE_METADATA[0], resourceMetadata),
  published('metadata.resource.root', RESOURCE_METADATA[1], resourceMetadata),
  published('metadata.server', SERVER_METADATA, serverMetadata),
];
