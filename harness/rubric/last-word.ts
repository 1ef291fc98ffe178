// What the servers' last word on an account says of its credential.

import { isAuthFailure, type Refusal } from '../../mocks/refusals.ts';
import type { Entry, EntryOf } from '../entry.ts';
import { entriesOf, type Ledger } from '../ledger.ts';
import type { Situation } from './error-report.ts';

type Answer = EntryOf<'exchange.answered'>;

const SITUATIONS: Partial<Record<Refusal, Situation>> = {
  expired: 'expired',
  'denied-by-policy': 'denied',
  'scope-missing': 'missing-scope',
  'unknown-token': 'never-valid',
};

/** What was wrong, by the last answer of a resource server; null where that refused no credential. */
export function situationOf({ truth }: Answer): Situation | null {
  if (truth === 'ok' || truth === 'fault' || !isAuthFailure(truth)) return null;
  return SITUATIONS[truth] ?? 'dead';
}

/** Whether the last exchange of an account's refresh token, up to an entry, brought nothing: then it is that which is told. */
export function isRefreshInTrouble(entries: readonly Entry[], account: string | null): boolean {
  const last = entries.findLast(
    (entry) => entry.kind === 'exchange.opened' && entry.endpoint === 'token' && concerns(entry, account),
  );
  if (last?.kind !== 'exchange.opened') return false;
  return !entries.some(
    (entry) => entry.kind === 'exchange.answered' && entry.exchange === last.exchange && entry.truth === 'ok',
  );
}

/** Whether an exchange is about an account. */
export const concerns = (
  { account, meantFor }: { readonly account: string | null; readonly meantFor: string | null },
  id: string | null,
): boolean => (meantFor ?? account) === id;

/** The true end of an access token, in epoch ms; null where it has none. */
export function endOf(ledger: Ledger, token: string | null): number | null {
  const minted = entriesOf(ledger, 'token.minted').find((entry) => entry.token === token);
  return minted?.expiresAt == null ? null : Date.parse(ledger.world.start) + minted.expiresAt;
}
