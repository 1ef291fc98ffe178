// `mcp`: an MCP server over streamable HTTP with an authorization server of its own, where clients find both by themselves.

import { json } from '../../http.ts';
import type { Granted, Service } from '../../service.ts';
import { audienceObjection } from './audience.ts';
import { isDocumentUrl } from './client-documents.ts';
import { MCP_ROUTES } from './endpoint.ts';
import { FACTS } from './facts.ts';
import { METADATA_ROUTES } from './metadata.ts';
import { OAUTH_WIRE } from './oauth-wire.ts';
import { REGISTER, REGISTRATION_REFUSED } from './registration.ts';
import { RESOURCE_WIRE } from './resource-wire.ts';
import { BASIC_SCOPES } from './scopes.ts';
import { seed } from './seed.ts';
import { VARIANTS } from './variants.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const tokenAnswer = ({ access, refresh, expiresIn, scopes }: Granted) =>
  json(
    200,
    {
      access_token: access.value,
      token_type: 'Bearer',
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      ...(refresh === null ? {} : { refresh_token: refresh.value }),
      scope: scopes.join(' '),
    },
    { 'cache-control': 'no-store', pragma: 'no-cache' },
  );

const mcp: Service = {
  id: 'mcp',
  title: 'MCP: a server with tools, and its authorization server',
  hosts: ['mcp.example.com'],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    refresh: { kind: 'fixed', ttlMs: 14 * DAY_MS },
    rotation: 'every-use',
    graceMs: 0,
    reuse: 'family-revoked',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
  },
  facts: FACTS,
  scopes: BASIC_SCOPES,
  endpoints: { token: ['/token'], revoke: ['/revoke'], authorize: ['/authorize'] },
  tokenRequest: { encoding: 'form', clientAuth: ['none', 'body', 'basic'] },
  statesLifetime: true,
  earnsRefreshToken: () => true,
  knowsUnregistered: isDocumentUrl,
  objection: audienceObjection,
  redirectFields: ({ origin }) => ({ iss: origin }),
  mintAccess: (randomness, key) => `mcp_at_${randomness.chars(43, 'token', key)}`,
  mintRefresh: (randomness, key) => `mcp_rt_${randomness.chars(43, 'refresh token', key)}`,
  tokenAnswer,
  revokeAnswer: () => json(200, {}),
  wire: [...OAUTH_WIRE, ...RESOURCE_WIRE, REGISTRATION_REFUSED],
  routes: [...MCP_ROUTES, ...METADATA_ROUTES, REGISTER],
  seed,
  variants: VARIANTS,
};

export default mcp;
