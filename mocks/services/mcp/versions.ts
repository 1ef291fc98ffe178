// The protocol's two eras: a handshake that settles the version, and since 2026-07-28 a version on every request.

import { textFromBase64 } from '../../encoding.ts';
import type { JsonObject } from '../../http.ts';
import { isJsonObject, type Request } from '../../http.ts';
import type { Problem } from './json-rpc.ts';

/** The versions with a handshake, the newest first. */
export const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;
const MODERN_VERSIONS = ['2026-07-28'] as const;
/** Every version, the newest first. */
export const VERSIONS: readonly string[] = [...MODERN_VERSIONS, ...LEGACY_VERSIONS];

const META = 'io.modelcontextprotocol';
/** The key under which results of the newer era say whose they are. */
export const SERVER_INFO_KEY = `${META}/serverInfo`;

/** The version that a request of the newer era carries in itself; null for the older one. */
export function versionIn({ _meta: meta }: JsonObject): string | null {
  const version = isJsonObject(meta ?? null) ? (meta as JsonObject)[`${META}/protocolVersion`] : undefined;
  return typeof version === 'string' ? version : null;
}

/** What is wrong with how a request states its version; null where it is right. */
export function versionProblem(
  { headers }: Request,
  { method, params }: { readonly method: string; readonly params: JsonObject },
): Problem | null {
  const told = headers['mcp-protocol-version'];
  const version = versionIn(params);
  if (version === null) {
    if (told === undefined || method === 'initialize' || VERSIONS.includes(told)) return null;
    return { status: 400, code: -32000, message: `Bad Request: Unsupported protocol version: ${told}` };
  }
  if (told !== version) return mismatch('MCP-Protocol-Version', told, version);
  if (!VERSIONS.includes(version)) {
    const data = { supported: VERSIONS, requested: version };
    return { status: 400, code: -32022, message: 'Unsupported protocol version', data };
  }
  if (headers['mcp-method'] !== method) return mismatch('Mcp-Method', headers['mcp-method'], method);
  if (method !== 'tools/call') return null;
  const name = String(params.name);
  const named = headers['mcp-name'];
  return named !== undefined && decoded(named) === name ? null : mismatch('Mcp-Name', named, name);
}

function mismatch(header: string, told: string | undefined, body: string): Problem {
  const said = told === undefined ? 'is missing' : `value '${told}' does not match body value '${body}'`;
  return { status: 400, code: -32020, message: `Header mismatch: ${header} header ${said}` };
}

// What no plain header can hold is sent as =?base64?...?=.
function decoded(value: string): string {
  const encoded = /^=\?base64\?(.*)\?=$/.exec(value)?.[1];
  return encoded === undefined ? value : textFromBase64(encoded);
}
