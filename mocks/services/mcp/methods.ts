// The methods of the protocol: what each comes to for a caller who was let in.

import { isJsonObject, type JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';
import { type Problem, type RpcRequest, resultAnswer } from './json-rpc.ts';
import { listed, TOOLS, type Tool } from './tools.ts';
import { LEGACY_VERSIONS, SERVER_INFO_KEY, VERSIONS, versionIn } from './versions.ts';

const SERVER_INFO = { name: 'notes', version: '1.0.0' };
const CAPABILITIES = { tools: {} };
const INSTRUCTIONS = 'A notebook. Deleting a note needs a scope of its own.';
// What is listed is the same for everybody, and may be kept for as long as a token lives.
const CACHEABLE = { ttlMs: 3_600_000, cacheScope: 'public' };

/** Carries out a request. */
export function carryOut(request: RpcRequest, call: Call): Handled {
  const { id, method, params } = request;
  const isModern = versionIn(params) !== null;
  const done = (result: JsonObject): Handled => ({ answer: resultAnswer(id, completed(result, isModern)) });
  switch (method) {
    case 'tools/list':
      return done({ tools: TOOLS.map(listed), ...(isModern ? CACHEABLE : {}) });
    case 'tools/call':
      return callTool(request, call, isModern);
    case 'server/discover':
      if (!isModern) break;
      return done({
        supportedVersions: VERSIONS,
        capabilities: CAPABILITIES,
        instructions: INSTRUCTIONS,
        ...CACHEABLE,
      });
    case 'initialize':
      if (isModern) break;
      return done(welcome(params));
    case 'ping':
      if (isModern) break;
      return done({});
  }
  return refused({ status: isModern ? 404 : 200, code: -32601, message: 'Method not found' });
}

function welcome({ protocolVersion }: JsonObject): JsonObject {
  const agreed = LEGACY_VERSIONS.find((version) => version === protocolVersion) ?? LEGACY_VERSIONS[0];
  return {
    protocolVersion: agreed,
    capabilities: CAPABILITIES,
    serverInfo: SERVER_INFO,
    instructions: INSTRUCTIONS,
  };
}

function callTool({ id, params }: RpcRequest, call: Call, isModern: boolean): Handled {
  const tool = TOOLS.find(({ name }) => name === params.name);
  if (tool === undefined) return invalidParams(`Unknown tool: ${String(params.name)}`);
  if (!call.scopes.includes(tool.scope)) return { refused: 'scope-missing', detail: tool.scope };
  const args = argumentsOf(tool, params.arguments ?? {});
  if (typeof args === 'string') return invalidParams(args);
  const result = tool.run(args, call);
  if ('refused' in result) return result;
  const { text, writes = [] } = result;
  const content = [{ type: 'text', text }];
  return { answer: resultAnswer(id, completed({ content, isError: false }, isModern)), writes };
}

/** The arguments of a tool, or what is wrong with them. */
function argumentsOf({ name, takes }: Tool, given: unknown): Readonly<Record<string, string>> | string {
  if (!isJsonObject(given)) return `Invalid arguments for tool ${name}`;
  const wanted = Object.keys(takes);
  const missing = wanted.find((argument) => typeof given[argument] !== 'string');
  if (missing !== undefined) return `Invalid arguments for tool ${name}: ${missing} must be a string`;
  const extra = Object.keys(given).find((argument) => !wanted.includes(argument));
  if (extra !== undefined) return `Invalid arguments for tool ${name}: ${extra} is not known`;
  return Object.fromEntries(wanted.map((argument) => [argument, String(given[argument])]));
}

/** A result as its era wants it: newer ones say that they are complete, and whose they are. */
export const completed = (result: JsonObject, isModern: boolean): JsonObject =>
  isModern ? { resultType: 'complete', ...result, _meta: { [SERVER_INFO_KEY]: SERVER_INFO } } : result;

/** A problem as a refusal; the wire row finds it again by `code`. */
export const refused = (problem: Problem): Handled => ({
  refused: 'bad-request',
  code: JSON.stringify(problem),
  detail: problem.message,
});

const invalidParams = (message: string) => refused({ status: 200, code: -32602, message });
