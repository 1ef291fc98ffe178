// Who a token speaks for, where the service is an OpenID provider.

import type { Account } from '../../../../mocks/index.ts';

/** The subject of the user information; null where there is none. */
export async function subjectOf({ apiUrl, scopes, accessToken }: Account): Promise<string | null> {
  if (!scopes.includes('openid')) return null;
  const told = await fetch(`${apiUrl}/.well-known/openid-configuration`);
  if (!told.ok) return null;
  const { userinfo_endpoint: url } = (await told.json()) as { userinfo_endpoint: string };
  const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  const { sub } = (await answer.json()) as { sub: string };
  return sub;
}
