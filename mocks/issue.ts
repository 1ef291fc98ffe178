// Another token for an account whose client proved itself without a refresh token, as apps with a signed assertion do.

import type { Authority } from './authority.ts';
import type { AccessToken, Effect, RefreshToken } from './grant.ts';
import type { Refusal } from './refusals.ts';
import type { AccountIdentity } from './service.ts';

/** A token that was issued, or why none was. */
export type Issued =
  | {
      readonly access: { readonly value: string; readonly token: AccessToken };
      readonly refresh: RefreshToken | null;
      readonly clientId: string;
      readonly effects: readonly Effect[];
    }
  | { readonly refused: Refusal };

/**
 * Issues an access token beside the ones there are, with a refresh token where `offline` asks for one. The account's first grant is the consent on which all of them
 * rest: its end and its bars hold for them, and no token gets a scope that it lacks. `scopes` null = all of it.
 */
export function issueAnother(
  authority: Authority,
  account: AccountIdentity,
  scopes: readonly string[] | null,
  atMs: number,
  askedTtlMs?: number,
  offline = false,
): Issued {
  const [standing] = authority.grantsOf(account.id);
  if (standing === undefined) return { refused: 'not-found' };
  if (standing.ended !== null) return { refused: standing.ended.cause };
  const barred = standing.bars.find(({ from }) => from !== 'use');
  if (barred !== undefined) return { refused: barred.cause };
  if (scopes?.some((scope) => !standing.scopes.includes(scope))) return { refused: 'scope-exceeds' };
  const { outcome, effects } = authority.consent({
    account,
    clientId: standing.clientId,
    scopes: scopes ?? standing.scopes,
    offline,
    atMs,
    ...(askedTtlMs === undefined ? {} : { askedTtlMs }),
  });
  const value = authority.value(outcome.access.id);
  const record = authority.token(value);
  if (record !== null) {
    for (const bar of standing.bars) authority.apply(record.grantId, { kind: 'bar', atMs, bar });
  }
  const { access: token, refresh } = outcome;
  return { access: { value, token }, refresh, clientId: standing.clientId, effects };
}
