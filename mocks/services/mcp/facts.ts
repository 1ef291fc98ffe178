// What is known of MCP servers and their clients beyond the answers to refusals.

import type { Service } from '../../service.ts';

const SPEC = 'modelcontextprotocol.io/specification/2026-07-28/basic';
const CLIENT = '@modelcontextprotocol/sdk 1.32.2, client/auth';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'token lifetimes',
    says: 'left to the authorization server: here an hour, and fourteen days for refresh tokens',
    source: `${SPEC}/authorization says none`,
    sureness: 'assumed',
  },
  {
    about: 'rotation',
    says: 'refresh tokens of public clients are replaced at every use; the return of a used one revokes the family',
    source: 'RFC 9700 section 4.14.2, OAuth 2.1 section 4.3.1',
    sureness: 'documented',
  },
  {
    about: 'resource metadata',
    says: 'at the well-known place of the path and of the host, with at least one authorization server',
    source: 'RFC 9728 section 3; the specification requires it',
    sureness: 'documented',
  },
  {
    about: 'challenge',
    says:
      '401 for a missing or dead token with scope and resource_metadata, 403 insufficient_scope with the scope that ' +
      'the operation needs; the client asks for the union with what it had',
    source: `${SPEC}/authorization`,
    sureness: 'documented',
  },
  {
    about: 'resource indicators',
    says:
      'clients must name the resource in authorization and token requests; the mock refuses a wrong one, and takes ' +
      'requests without any, as servers do that serve one resource only',
    source: 'RFC 8707 section 2',
    sureness: 'documented',
  },
  {
    about: 'issuer',
    says: 'authorization responses carry iss',
    source: 'RFC 9207 section 2',
    sureness: 'documented',
  },
  {
    about: 'PKCE',
    says: 'clients must use S256; the mock verifies a challenge where one was sent, and insists on none',
    source: 'OAuth 2.1 section 4.1.1',
    sureness: 'documented',
  },
  {
    about: 'registration',
    says: 'dynamic registration is deprecated in favour of client id metadata documents, and still what clients use',
    source: `${SPEC}/authorization/client-registration`,
    sureness: 'documented',
  },
  {
    about: 'client id metadata documents',
    says:
      'the id of a client may be the https URL of a document about it, and the server tells that it takes such; a real ' +
      'one fetches the document and compares redirect_uris, the mock fetches nothing and takes any loopback address',
    source: `${SPEC}/authorization/client-registration; draft-ietf-oauth-client-id-metadata-document`,
    sureness: 'documented',
  },
  {
    about: 'protocol versions',
    says: 'a handshake until 2025-11-25, a version on every request since 2026-07-28; the server speaks both',
    source: `${SPEC}/versioning`,
    sureness: 'documented',
  },
  {
    about: 'authorization code lifetime',
    says: 'a code lives for ten minutes',
    source: 'RFC 6749 section 4.1.2',
    sureness: 'documented',
  },
  {
    about: 'the official client looks at no clock',
    says: 'it stores expires_in without looking at it, and refreshes only after a 401',
    source: CLIENT,
    sureness: 'observed',
  },
  {
    about: 'the official client has no single flight',
    says: 'calls that meet a dead token together refresh with the same token, which revokes the family',
    source: CLIENT,
    sureness: 'observed',
  },
  {
    about: 'the official client on step-up',
    says: 'it refreshes first, which cannot widen the scope, and fails at the second challenge of the same words',
    source: CLIENT,
    sureness: 'observed',
  },
  {
    about: 'the official client on outages',
    says: 'a failing token endpoint looks to it as if somebody had to log in again',
    source: CLIENT,
    sureness: 'observed',
  },
];
