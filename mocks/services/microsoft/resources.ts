// The resources that tokens are for. A refresh token is for all of them, an access token for one.

import type { RefreshRead } from '../../service.ts';

/** Microsoft Graph, which scopes without a resource mean. */
export const GRAPH = 'https://graph.microsoft.com';
/** Azure Key Vault. */
export const VAULT = 'https://vault.azure.net';
/** The one permission that Key Vault has for people. */
export const VAULT_ACCESS = `${VAULT}/user_impersonation`;
/** The scopes of OpenID Connect, which belong to no resource. */
const OPENID = ['openid', 'profile', 'email', 'offline_access'];

const KNOWN: readonly string[] = [GRAPH, VAULT];

/** The resource to which a scope belongs; null for the scopes of OpenID Connect. */
export function resourceOf(scope: string): string | null {
  if (OPENID.includes(scope)) return null;
  const slash = scope.lastIndexOf('/');
  return slash < 0 ? GRAPH : scope.slice(0, slash);
}

/** The resource that a token with these scopes is for: that of the first scope that has one. */
export function audienceOf(scopes: readonly string[]): string {
  return scopes.map(resourceOf).find((resource) => resource !== null) ?? GRAPH;
}

/**
 * The scopes of a token as answers tell them: for one resource, without `offline_access`. Those of Graph bear the name
 * of their resource only if the request named it, too: clients look for the names that they asked for.
 */
export function scopesTold(scopes: readonly string[], asked: string): string {
  const audience = audienceOf(scopes);
  const inFull = asked.includes(`${GRAPH}/`);
  return scopes
    .filter((scope) => scope !== 'offline_access' && [audience, null].includes(resourceOf(scope)))
    .map((scope) => (inFull && resourceOf(scope) === GRAPH ? `${GRAPH}/${nameOf(scope)}` : scope))
    .join(' ');
}

/**
 * The scopes that a token request asks for. Whoever asks for one scope of a resource gets all that were granted for
 * it; `.default` asks for nothing else.
 */
export function readScope(scope: string, granted: readonly string[]): RefreshRead {
  const asked = scope.split(/\s+/).filter((part) => part !== '' && !OPENID.includes(part));
  const resources = new Set(asked.map(resourceOf));
  if (resources.size > 1) return { refused: 'bad-scope', detail: 'several-resources' };
  const resource = audienceOf(asked.length === 0 ? granted : asked);
  const names = asked.map(nameOf);
  if (names.some((name) => !/^[\w.-]+$/.test(name))) return { refused: 'bad-scope', detail: 'malformed' };
  if (names.includes('.default') && names.length > 1)
    return { refused: 'bad-scope', detail: 'default-mixed' };
  if (!KNOWN.includes(resource)) return { refused: 'unknown-resource', detail: resource };
  const held = granted.filter((one) => resourceOf(one) === resource);
  const heldNames = held.map(nameOf);
  const wanted = names.filter((name) => name !== '.default');
  if ((asked.length > 0 && held.length === 0) || wanted.some((name) => !heldNames.includes(name))) {
    return { refused: 'scope-exceeds' };
  }
  return { scopes: [...held, ...granted.filter((one) => resourceOf(one) === null)] };
}

const nameOf = (scope: string) => scope.slice(scope.lastIndexOf('/') + 1);
