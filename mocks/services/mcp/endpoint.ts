// The MCP endpoint: streamable HTTP, one message for each POST, no sessions, and no stream of its own to listen to.

import { empty, json } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { readMessage } from './json-rpc.ts';
import { carryOut, refused } from './methods.ts';
import { MCP_PATH } from './places.ts';
import { versionProblem } from './versions.ts';

const NOT_ALLOWED = { jsonrpc: '2.0', error: { code: -32000, message: 'Method not allowed.' }, id: null };

/** The routes. */
export const MCP_ROUTES: readonly Route[] = [
  {
    id: 'mcp',
    method: 'POST',
    path: MCP_PATH,
    needsOneOf: [],
    effect: 'write',
    handle: handleMessage,
  },
  ...(['GET', 'DELETE'] as const).map(
    (method): Route => ({
      id: `mcp.${method.toLowerCase()}`,
      method,
      path: MCP_PATH,
      needsOneOf: [],
      effect: 'read',
      handle: () => ({ answer: json(405, NOT_ALLOWED, { allow: 'POST' }) }),
    }),
  ),
];

function handleMessage(call: Call): Handled {
  const { headers, body } = call.request;
  const accept = headers.accept ?? '';
  if (!['application/json', 'text/event-stream'].every((type) => accept.includes(type))) {
    const message = 'Not Acceptable: Client must accept both application/json and text/event-stream';
    return refused({ status: 406, code: -32000, message });
  }
  if (!(headers['content-type'] ?? '').includes('application/json')) {
    const message = 'Unsupported Media Type: Content-Type must be application/json';
    return refused({ status: 415, code: -32000, message });
  }
  const message = readMessage(body);
  if ('problem' in message) return refused(message.problem);
  if ('noted' in message) return { answer: empty(202) };
  const problem = versionProblem(call.request, message.request);
  return problem === null ? carryOut(message.request, call) : refused(problem);
}
