// Where things are: the MCP endpoint, which is the protected resource, and what is said of it at well-known places.

/** The path of the MCP endpoint. */
export const MCP_PATH = '/mcp';

/** Where the metadata of the resource is: for its own path first, then for the whole host (RFC 9728 section 3.1). */
export const RESOURCE_METADATA = [
  `/.well-known/oauth-protected-resource${MCP_PATH}`,
  '/.well-known/oauth-protected-resource',
] as const;

/** The resource, as clients must name it (RFC 8707). */
export const resourceAt = (origin: string): string => `${origin}${MCP_PATH}`;
