// The resources that tokens are for. A refresh token is for all of them, an access token for one.

import { once } from '../../once.ts';
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
export const audienceOf = once(
  (scopes: readonly string[]): string =>
    scopes.map(resourceOf).find((resource) => resource !== null) ?? GRAPH,
);

/** The names of the scopes that belong to the resource of a token, as the token itself tells them. */
export const namesIn = once((scopes: readonly string[]): string => {
  const audience = audienceOf(scopes);
  return scopes
    .filter((scope) => resourceOf(scope) === audience)
    .map(nameOf)
    .join(' ');
});

/**
 * The scopes of a token as answers tell them: for one resource, without `offline_access`. Those of Graph bear the name
 * of their resource only if the request named it, too: clients look for the names that they asked for.
 */
export const scopesTold = (scopes: readonly string[], asked: string): string =>
  asked.includes(`${GRAPH}/`) ? toldInFull(scopes) : toldShort(scopes);

const toldShort = once((scopes: readonly string[]) => told(scopes).join(' '));
const toldInFull = once((scopes: readonly string[]) =>
  told(scopes)
    .map((scope) => (resourceOf(scope) === GRAPH ? `${GRAPH}/${nameOf(scope)}` : scope))
    .join(' '),
);

const told = (scopes: readonly string[]) =>
  scopes.filter(
    (scope) => scope !== 'offline_access' && [audienceOf(scopes), null].includes(resourceOf(scope)),
  );

/**
 * The scopes that a token request asks for. Whoever asks for one scope of a resource gets all that were granted for
 * it; `.default` asks for nothing else.
 */
export function readScope(scope: string, granted: readonly string[]): RefreshRead {
  if (scope === '') return { scopes: usable(granted) };
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
  return { scopes: usableAt(resource, granted) };
}

/** What a request that asks for nothing gets. */
const usable = once((granted: readonly string[]) => usableAt(audienceOf(granted), granted));

/** The scopes for a resource, then those that belong to none. */
const usableAt = (resource: string, granted: readonly string[]) =>
  [resource, null].flatMap((wanted) => granted.filter((scope) => resourceOf(scope) === wanted));

const nameOf = (scope: string) => scope.slice(scope.lastIndexOf('/') + 1);
