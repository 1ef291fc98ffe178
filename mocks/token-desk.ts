// What the routes of a service may ask of its authorization server: introspection, revocation, more tokens.

import type { Authority } from './authority.ts';
import { authenticateClient } from './client-auth.ts';
import type { Command, Effect } from './grant.ts';
import type { Request } from './http.ts';
import { issueAnother } from './issue.ts';
import type { AccountIdentity, Service, TokenDesk } from './service.ts';
import { tokenFields } from './token-request.ts';

/** Opens the desk for one call. What it does to tokens is added to `effects`. */
export function openTokenDesk(behind: {
  readonly service: Service;
  readonly authority: Authority;
  readonly accounts: readonly AccountIdentity[];
  readonly nowMs: number;
  readonly effects: Effect[];
}): TokenDesk {
  const { service, authority, accounts, nowMs, effects } = behind;
  const endBy = (value: string, command: (token: string) => Command): boolean => {
    const record = authority.token(value);
    if (record === null) return false;
    effects.push(...authority.apply(record.grantId, command(record.id)).effects);
    return true;
  };
  const authenticate = (request: Request) =>
    authenticateClient(authority, request, tokenFields(service, request));
  return {
    find: (value) => authority.view(value, nowMs),
    revoke: (value) => endBy(value, (token) => ({ kind: 'revoke-token', atMs: nowMs, token })),
    revokeGrant: (value) => endBy(value, () => ({ kind: 'revoke', atMs: nowMs, cause: 'revoked-by-client' })),
    refusalOfClient: (request) => {
      const auth = authenticate(request);
      return 'refused' in auth ? auth.refused : null;
    },
    clientOf: (request) => {
      const auth = authenticate(request);
      return 'refused' in auth ? auth : { id: auth.client.id };
    },
    client: (id) => authority.clients.get(id) ?? null,
    register: ({ id, secret }) => authority.addClient({ id, secret, deleted: false }),
    accounts: () => accounts,
    makeRefreshable: (value, request) => {
      const record = authority.token(value);
      if (record === null) return { refused: 'unknown-token' };
      const auth = authenticate(request);
      if ('refused' in auth) return auth;
      const { grantId, account, id: token } = record;
      const fresh = authority.fresh(account.id);
      const command = {
        kind: 'make-refreshable',
        atMs: nowMs,
        token,
        clientId: auth.client.id,
        fresh,
      } as const;
      const outcome = authority.apply(grantId, command);
      effects.push(...outcome.effects);
      if (outcome.kind !== 'granted' || outcome.refresh === null)
        return { refused: outcome.kind === 'refused' ? outcome.cause : 'not-refreshable' };
      const { access, refresh } = outcome;
      return {
        access: { value: authority.value(access.id), token: access },
        refresh: { value: authority.value(refresh.id), token: refresh },
        account,
      };
    },
    issue: (account, scopes, askedTtlMs) => {
      const issued = issueAnother(authority, account, scopes, nowMs, askedTtlMs);
      if (!('refused' in issued)) effects.push(...issued.effects);
      return issued;
    },
  };
}
