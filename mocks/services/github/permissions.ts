// What a token may do: permissions of GitHub Apps, kept as `issues:write`, against the scopes of OAuth apps.

/** The three kinds of token by which programs reach GitHub. */
export type Kind = 'user' | 'oauth-app' | 'installation';

/** What a route needs: a permission of an app, and the scopes of which one suffices for an OAuth app. */
export interface Need {
  readonly permission: string | null;
  readonly scopes: readonly string[];
}

/** What an installation grants by default. Who may write may read: both are listed. */
export const PERMISSIONS = ['metadata:read', 'contents:read', 'issues:read', 'issues:write'];

/** What an OAuth app is granted by default. */
export const OAUTH_SCOPES = ['repo', 'read:user'];

/** The scopes of which a token of this kind needs one. */
export function neededBy(kind: Kind, { permission, scopes }: Need): readonly string[] {
  if (kind === 'oauth-app') return scopes;
  return permission === null ? [] : [permission];
}

/** Permissions as the API words them: the highest level of each. */
export function permissionsOf(scopes: readonly string[]): Record<string, string> {
  const levels: Record<string, string> = {};
  for (const scope of scopes) {
    const [name = '', level = 'read'] = scope.split(':');
    if (levels[name] !== 'write') levels[name] = level;
  }
  return levels;
}

/** The list that stands for permissions asked for; empty where a level is not known. */
export function scopesOf(permissions: Readonly<Record<string, unknown>>): readonly string[] {
  const scopes = Object.entries(permissions).flatMap(([name, level]) => {
    if (level === 'write') return [`${name}:read`, `${name}:write`];
    return level === 'read' ? [`${name}:read`] : [null];
  });
  return scopes.every((scope) => scope !== null) ? scopes : [];
}
