// What the routes of a service may ask of its authorization server: introspection, revocation, more tokens.

import type { Authority } from './authority.ts';
import { authenticateClient } from './client-auth.ts';
import type { Command, Effect } from './grant.ts';
import type { Request } from './http.ts';
import { type Issued, issueAnother } from './issue.ts';
import type { Refusal } from './refusals.ts';
import type { AccountIdentity, Granted, Service, TokenView } from './service.ts';
import { tokenFields } from './token-request.ts';

/** The authorization server's own view of its tokens. */
export interface TokenDesk {
  /** What is known of a token value; null when nobody minted it. */
  find(value: string): TokenView | null;
  /** Revokes as RFC 7009 does; false when nobody minted the value. */
  revoke(value: string): boolean;
  /** Ends the grant that a token belongs to, at the wish of its client; false when nobody minted the value. */
  revokeGrant(value: string): boolean;
  /** Ends every grant of an account, at the wish of its client; tells whether any stood. */
  endGrants(account: AccountIdentity): boolean;
  /** Why the client that the request names is refused; null where it is who it says. */
  refusalOfClient(request: Request): Refusal | null;
  /** The client that the request names, where it is who it says. */
  clientOf(request: Request): { readonly id: string } | { readonly refused: Refusal };
  /** The registered client of this id; null where there is none. */
  client(id: string): { readonly secret: string | null; readonly deleted: boolean } | null;
  /** Registers another client; with a secret of null it is a public one. */
  register(client: { readonly id: string; readonly secret: string | null }): void;
  /** Every account of the service, the oldest first. */
  accounts(): readonly AccountIdentity[];
  /**
   * Exchanges a long-lived access token for a pair that refreshes, by `policy.refreshableAs`: once, and for the whole
   * grant. The request must prove its client.
   */
  makeRefreshable(value: string, request: Request): RefreshablePair | { readonly refused: Refusal };
  /**
   * Another access token for an account, whose client proved itself in a way of its own; `scopes` null = all.
   * `askedTtlMs` is the lifetime that was asked for, within what the policy allows to ask for; absent = nobody asked.
   */
  issue(account: AccountIdentity, scopes: readonly string[] | null, askedTtlMs?: number): Issued;
}

/** A pair of tokens that a long-lived one was exchanged for. */
export interface RefreshablePair {
  readonly access: Granted['access'];
  readonly refresh: NonNullable<Granted['refresh']>;
  readonly account: AccountIdentity;
}

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
    authenticateClient(service, authority, request, tokenFields(service, request));
  return {
    find: (value) => authority.view(value, nowMs),
    revoke: (value) => endBy(value, (token) => ({ kind: 'revoke-token', atMs: nowMs, token })),
    revokeGrant: (value) => endBy(value, () => ({ kind: 'revoke', atMs: nowMs, cause: 'revoked-by-client' })),
    endGrants: ({ id }) => {
      const standing = authority.grantsOf(id).filter(({ ended }) => ended === null);
      const end = { kind: 'revoke', atMs: nowMs, cause: 'revoked-by-client' } as const;
      effects.push(...standing.flatMap((grant) => authority.apply(grant.id, end).effects));
      return standing.length > 0;
    },
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
