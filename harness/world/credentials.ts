// Credentials beside those of an account's first grant: another grant, and tokens that nobody minted.

import type { Account } from '../../mocks/index.ts';
import type { Context } from './context.ts';
import type { WorldProvider } from './provider.ts';
import { recordEffects } from './recording.ts';

/** What another grant is to be. */
export interface GrantWish {
  /** Routes for which its scopes must not suffice. */
  readonly lackingFor?: readonly string[];
  /** The moment of the consent, in virtual ms; absent = now. One in the past gives tokens that have aged. */
  readonly atMs?: number;
}

/** Gives an account another grant, on which it appears as new: the account with the tokens of that grant. */
export function grantAgain(
  context: Context,
  id: string,
  { lackingFor = [], atMs = context.clock.nowMs }: GrantWish,
): Account {
  const { provider, tenant } = whereIs(context, id);
  const { scopes: all, routes } = provider.service;
  const withheld = routes
    .filter((route) => lackingFor.includes(route.id))
    .flatMap((route) => route.needsOneOf);
  const scopes = all.filter((scope) => !withheld.includes(scope));
  const { account, effects } = provider.connect({ id, tenant, scopes, atMs: context.clock.startMs + atMs });
  recordEffects(context, provider, effects, null);
  return account;
}

/** Well-formed tokens of an account's service that nobody minted, the same for the same seed. */
export function forgeTokens(context: Context, id: string): { access: string; refresh: string } {
  const { provider, tenant } = whereIs(context, id);
  const { service } = provider;
  const key = `${id}/never-minted`;
  const issuedAtMs = context.clock.startMs + context.clock.nowMs;
  const wouldBe = { issuedAtMs, expiresAtMs: null, scopes: service.scopes, clientId: 'nobody' };
  return {
    access: service.mintAccess(context.randomness, key, { id, tenant }, wouldBe),
    refresh: service.mintRefresh(context.randomness, key, { id, tenant }),
  };
}

function whereIs({ providers }: Context, id: string): { provider: WorldProvider; tenant: string } {
  for (const provider of providers.values()) {
    const account = provider.authority.account(id);
    if (account !== null) return { provider, tenant: account.tenant };
  }
  throw new Error(`this world does not have the account "${id}"`);
}
