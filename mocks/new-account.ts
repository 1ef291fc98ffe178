// An account as a subject is told of it, put together from its first grant.

import type { Account } from './account.ts';
import type { Client } from './authority.ts';
import type { AccessToken, RefreshToken } from './grant.ts';
import { statedEndMs } from './lifetimes.ts';
import type { Running } from './running.ts';
import type { AccountIdentity } from './service.ts';

/** The account of a grant that was just given. */
export function newAccount(
  { service, origin, authority }: Running,
  given: {
    readonly identity: AccountIdentity;
    readonly owner: Account['owner'];
    readonly client: Client;
    readonly scopes: readonly string[];
    readonly access: AccessToken;
    readonly refresh: RefreshToken | null;
  },
): Account {
  const { identity, owner, client, scopes, access, refresh } = given;
  const { endpoints, tokenRequest, statesLifetime } = service;
  const statedMs = statedEndMs(service.policy, access);
  const url = (path: string | undefined) => (path === undefined ? null : `${origin}${path}`);
  const authorizeUrl = url(endpoints.authorize[0]);
  const installation = service.installationOf?.(identity) ?? null;
  return {
    ...identity,
    service: service.id,
    owner,
    apiUrl: origin,
    tokenUrl: `${origin}${endpoints.token[0].replace('{installation}', installation ?? '')}`,
    revokeUrl: url(endpoints.revoke[0]),
    authorizeUrl,
    reauthUrl:
      authorizeUrl === null
        ? null
        : reauthUrl(authorizeUrl, client.id, identity.id, origin, service.reauthQuery),
    clientId: client.id,
    clientSecret: client.secret,
    accessToken: authority.value(access.id),
    refreshToken: refresh === null ? null : authority.value(refresh.id),
    expiresAt: statesLifetime && statedMs !== null ? new Date(statedMs).toISOString() : null,
    scopes,
    installation,
    tokenRequest: { encoding: tokenRequest.encoding, clientAuth: tokenRequest.clientAuth[0] ?? 'body' },
    authorization: service.authorization ?? 'Bearer {token}',
  };
}

function reauthUrl(
  authorizeUrl: string,
  clientId: string,
  accountId: string,
  origin: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(authorizeUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('redirect_uri', `${origin}/_hour4/connected`);
  url.searchParams.set('login_hint', accountId);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url.href;
}
