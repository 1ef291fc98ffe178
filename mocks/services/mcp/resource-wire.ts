// The server's words where a call meets the MCP endpoint: challenges first, then JSON-RPC.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import { type Json, parseJsonObject } from '../../http.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, WireRow } from '../../service.ts';
import { challenged } from './answers.ts';
import { errorAnswer, idIn, type Problem, readMessage, resultAnswer } from './json-rpc.ts';
import { completed } from './methods.ts';
import { MCP_PATH } from './places.ts';
import { BASIC_SCOPES } from './scopes.ts';
import { noteIdOf } from './seed.ts';
import { versionIn } from './versions.ts';

const HOUR_MS = 3_600_000;

/** The requests that a tenant has in an hour, where others have used up most of them. */
export const CALLS_WHEN_BUSY = 20;

const SPEC = 'modelcontextprotocol.io/specification/2026-07-28/basic';
const AUTHORIZATION = { source: `${SPEC}/authorization`, sureness: 'documented' } as const;

const send = (method: string, params: { readonly [name: string]: Json } = {}) =>
  ({
    call: MCP_PATH,
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream' },
    body: { jsonrpc: '2.0', id: 1, method, params },
  }) as const;
const LIST = send('tools/list');
const callTool = (name: string, id: string) => send('tools/call', { name, arguments: { id } });

const invalidToken = (description: string) => (refused: Refused) =>
  challenged(401, refused.origin, { error: 'invalid_token', description, scopes: BASIC_SCOPES });

// What a tool could not do is told to the model, not to the client.
function toolError({ request, detail }: Refused) {
  const message = readMessage(request.body);
  const isModern = 'request' in message && versionIn(message.request.params) !== null;
  const content = [{ type: 'text', text: `There is no note ${detail}.` }];
  return resultAnswer(idIn(request.body) ?? 0, completed({ content, isError: true }, isModern));
}

/** What the resource server says. */
export const RESOURCE_WIRE: readonly WireRow[] = [
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ ...LIST, as: 'nobody' }],
    source: `${SPEC}/authorization; RFC 6750 section 3.1: no error code for who came without a token`,
    sureness: 'documented',
    answer: ({ origin }) => challenged(401, origin, { scopes: BASIC_SCOPES }),
  },
  {
    id: 'token-expired',
    at: 'resource',
    causes: ['expired'],
    produce: [{ advanceMs: HOUR_MS }, LIST],
    source: '@modelcontextprotocol/sdk 1.32.2, requireBearerAuth',
    sureness: 'observed',
    answer: invalidToken('Token has expired'),
  },
  {
    id: 'token-invalid',
    at: 'resource',
    causes: ['unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ act: 'revoke' }, LIST],
    source: `${SPEC}/authorization; the description is left to the server`,
    sureness: 'documented',
    answer: invalidToken('The access token is invalid or was revoked'),
  },
  {
    id: 'insufficient-scope',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [callTool('delete_note', noteIdOf('acme', 1))],
    ...AUTHORIZATION,
    answer: ({ origin, detail }) =>
      challenged(403, origin, {
        error: 'insufficient_scope',
        description: 'This operation needs a further scope',
        scopes: detail === null ? [] : [detail],
      }),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, LIST],
    source: `${SPEC}/authorization: 403 for insufficient permissions; the words are left to the server`,
    sureness: 'documented',
    answer: () => errorAnswer(null, { status: 403, code: -32000, message: 'Forbidden' }),
  },
  {
    id: 'rate-limited',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: CALLS_WHEN_BUSY + 1 }, () => LIST),
    source: 'RFC 6585 section 4; the specification says nothing of limits',
    sureness: 'assumed',
    answer: (refused) => {
      const answer = errorAnswer(null, { status: 429, code: -32000, message: 'Too Many Requests' });
      return { ...answer, headers: { ...answer.headers, ...retryAfter(refused) } };
    },
  },
  {
    id: 'tool-error',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [callTool('read_note', noteIdOf('globex', 1))],
    source: 'modelcontextprotocol.io/specification/2026-07-28/server/tools: isError in a result',
    sureness: 'documented',
    answer: toolError,
  },
  {
    id: 'json-rpc-error',
    at: 'resource',
    causes: ['bad-request'],
    produce: [send('tools/call', { name: 'no_such_tool' })],
    source: `${SPEC}: error codes; before 2026-07-28 an unknown method is a 200`,
    sureness: 'documented',
    answer: ({ request, code }) => errorAnswer(idIn(request.body), problemIn(code ?? '')),
  },
];

function problemIn(text: string): Problem {
  const { status = 400, code = -32600, message = 'Invalid Request', data } = parseJsonObject(text) ?? {};
  return {
    status: Number(status),
    code: Number(code),
    message: String(message),
    ...(data === undefined ? {} : { data }),
  };
}
