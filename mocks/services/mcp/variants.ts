// What else MCP servers do: the official SDK's own ways, silence where the specification only recommends, no refresh tokens.

import { type Answer, isJsonObject } from '../../http.ts';
import type { Route, Service, Variant, WireRow } from '../../service.ts';
import { withPolicy } from '../../variant.ts';
import { challenged, oauthError } from './answers.ts';
import { CALLS_WHEN_BUSY } from './resource-wire.ts';
import { BASIC_SCOPES } from './scopes.ts';

const HOUR_MS = 3_600_000;
const SDK = '@modelcontextprotocol/sdk 1.32.2';
const CHALLENGES = new Set(['no-token', 'token-expired', 'token-invalid', 'insufficient-scope']);

const rewording = (service: Service, words: Readonly<Record<string, WireRow['answer']>>): Service => ({
  ...service,
  wire: service.wire.map((row) => ({ ...row, answer: words[row.id] ?? row.answer })),
});

const sdkServer: Variant = {
  title:
    'a server of the TypeScript SDK: who comes without a token has an invalid one, a bad client is a 400',
  status: 'real',
  source: `${SDK}, requireBearerAuth and authenticateClient`,
  apply: (service) =>
    rewording(service, {
      'no-token': ({ origin }) =>
        challenged(401, origin, {
          error: 'invalid_token',
          description: 'Missing Authorization header',
          scopes: BASIC_SCOPES,
        }),
      'bad-client': () => oauthError(400, 'invalid_client', 'Invalid client_id'),
      'revocation-bad-client': () => oauthError(400, 'invalid_client', 'Invalid client_id'),
    }),
};

const bareChallenge: Variant = {
  title: 'challenges name no metadata: clients must look at the well-known places',
  status: 'real',
  source:
    'modelcontextprotocol.io/specification/2026-07-28/basic/authorization: a header or the well-known URI',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) =>
      CHALLENGES.has(row.id) ? { ...row, answer: (refused) => withoutMetadata(row.answer(refused)) } : row,
    ),
  }),
};

function withoutMetadata({ headers, ...answer }: Answer): Answer {
  const challenge = headers['www-authenticate'] ?? '';
  const bare = challenge.replace(/(, | )resource_metadata="[^"]*"/, '');
  return { ...answer, headers: { ...headers, 'www-authenticate': bare } };
}

const withoutRefresh: Variant = {
  title: 'there is no refresh token: when the access token dies, somebody must come and consent again',
  status: 'real',
  source: 'modelcontextprotocol.io/specification/2026-07-28/basic/authorization: clients must not assume one',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'none' }, rotation: 'none' },
    // Without a refresh token nobody can ask for too much with one, or too late.
    wire: service.wire.flatMap((row): WireRow[] => {
      if (row.id === 'scope-exceeds' || row.id === 'grant-barred') return [];
      if (row.id === 'refresh-token-dead') return [{ ...row, produce: [{ refresh: 'forged' }] }];
      if (row.id !== 'invalid-target') return [row];
      const fields = { resource: 'https://elsewhere.example/mcp' };
      return [{ ...row, produce: [{ refresh: 'forged', fields }] }];
    }),
  }),
};

const offlineAccess: Variant = {
  title: 'only a consent to offline_access brings a refresh token',
  status: 'real',
  source: 'modelcontextprotocol.io/specification/2026-07-28/basic/authorization: refresh tokens',
  apply: (service) => ({
    ...service,
    scopes: [...service.scopes, 'offline_access'],
    reauthQuery: { scope: [...service.scopes, 'offline_access'].join(' ') },
    earnsRefreshToken: ({ scopes }) => scopes.includes('offline_access'),
  }),
};

const eventStream: Variant = {
  title: 'results come as an event stream of one event',
  status: 'real',
  source: `${SDK}: what its server does unless it is told to answer in JSON`,
  apply: (service) => ({
    ...service,
    routes: service.routes.map((route) => (route.id === 'mcp' ? streaming(route) : route)),
    wire: service.wire.map((row) => ({ ...row, answer: (refused) => streamed(row.answer(refused)) })),
  }),
};

const streaming = (route: Route): Route => ({
  ...route,
  handle: (call) => {
    const handled = route.handle(call);
    return 'refused' in handled ? handled : { ...handled, answer: streamed(handled.answer) };
  },
});

// Only what answers a JSON-RPC request is streamed.
function streamed(answer: Answer): Answer {
  const { status, body } = answer;
  if (status !== 200 || !isJsonObject(body) || body.jsonrpc !== '2.0') return answer;
  return {
    status,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' },
    body: `event: message\ndata: ${JSON.stringify(body)}\n\n`,
  };
}

const withoutRotation: Variant = {
  title: 'refresh tokens are used again and again',
  status: 'real',
  source: 'RFC 9700 section 4.14.2: confidential clients, whose tokens are bound to them already',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, rotation: 'none' },
    wire: service.wire.map((row) =>
      row.id === 'refresh-token-dead'
        ? { ...row, produce: [{ act: 'revoke' }, { refresh: 'current' }] }
        : row,
    ),
  }),
};

const busy: Variant = {
  title: 'others have used up most of the quota: twenty requests an hour are left',
  status: 'real',
  source: 'RFC 6585 section 4: 429 Too Many Requests, with Retry-After',
  apply: (service) => ({
    ...withPolicy(service, { callsPerWindow: CALLS_WHEN_BUSY }),
    usageWindowMs: HOUR_MS,
  }),
};

/** The variants. */
export const VARIANTS: Service['variants'] = {
  'sdk-server': sdkServer,
  'bare-challenge': bareChallenge,
  'without-refresh': withoutRefresh,
  'offline-access': offlineAccess,
  'event-stream': eventStream,
  'without-rotation': withoutRotation,
  busy,
};
