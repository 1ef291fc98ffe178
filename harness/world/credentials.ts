// Credentials beside those of an account's first grant: another grant, and a token that nobody minted.

import type { Account, Provider } from '../../mocks/index.ts';
import type { Context } from './context.ts';
import { recordEffects } from './recording.ts';

/** What another grant is to be. */
export interface GrantWish {
  /** Absent = what the first grant has. */
  readonly scopes?: readonly string[];
  /** The moment of the consent, in virtual ms; absent = now. One in the past gives tokens that have aged. */
  readonly atMs?: number;
}

/** Gives an account another grant, on which it appears as new: the account with the tokens of that grant. */
export function grantAgain(context: Context, id: string, { scopes, atMs }: GrantWish): Account {
  const { provider, tenant } = whereIs(context, id);
  const consent = { id, tenant, atMs: context.clock.startMs + (atMs ?? context.clock.nowMs) };
  const { account, effects } = provider.connect(scopes === undefined ? consent : { ...consent, scopes });
  recordEffects(context, provider, effects, null);
  return account;
}

/** A well-formed access token of an account's service that nobody minted, the same for the same seed. */
export function forgeToken(context: Context, id: string): string {
  const { provider, tenant } = whereIs(context, id);
  return provider.service.mintAccess(context.randomness, `${id}/never-minted`, { id, tenant });
}

function whereIs({ providers }: Context, id: string): { provider: Provider; tenant: string } {
  for (const provider of providers.values()) {
    const account = provider.authority.account(id);
    if (account !== null) return { provider, tenant: account.tenant };
  }
  throw new Error(`this world does not have the account "${id}"`);
}
