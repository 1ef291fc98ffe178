// The scopes of the mocked MCP server: what everybody gets, and the one that a single tool asks for.

/** What a client needs to come in at all, as challenges and metadata say it. */
export const BASIC_SCOPES = ['notes:read', 'notes:write'] as const;

/** What only one tool needs; a client that meets it must step up. */
export const RARE_SCOPE = 'notes:delete';
