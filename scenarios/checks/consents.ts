// Consents that were given again: where a broker was connected anew, and where tokens came of no refresh.

import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { accountCalls } from './account-calls.ts';
import { refreshesOf } from './refreshes.ts';

/** A consent that was given again, from the moment at which the subject was told. */
export interface Reconnection {
  readonly account: string;
  readonly seq: number;
  readonly at: number;
}

/** Every connect of an account but its first, if the broker took it. */
export function reconnections(ledger: Ledger): readonly Reconnection[] {
  return takenAgain(ledger).map(({ account, sent: { seq, at } }) => ({ account, seq, at }));
}

function takenAgain(ledger: Ledger) {
  const seen = new Set<string>();
  return accountCalls(ledger, 'connect').filter(({ account, ok }) => {
    const isFirst = !seen.has(account);
    seen.add(account);
    return !isFirst && ok;
  });
}

/** Nobody connects an agent: its new grant begins with tokens that came of no refresh. */
export function resumptions(ledger: Ledger): readonly Reconnection[] {
  if (accountCalls(ledger, 'connect').length > 0) return [];
  return consented(ledger).map(({ account, seq, at }) => ({ account, seq, at }));
}

// The first tokens of all were there before anybody asked.
function consented(ledger: Ledger): readonly EntryOf<'token.minted'>[] {
  const refreshes = new Set(refreshesOf(ledger).map(({ attempt }) => attempt.opened.exchange));
  return entriesOf(ledger, 'token.minted').filter(
    ({ tokenKind, exchange }) => tokenKind === 'access' && exchange !== null && !refreshes.has(exchange),
  );
}

/** A new consent that a broker has taken, and the tokens that came of those before it. */
export interface Replacement {
  readonly account: string;
  readonly takenAtMs: number;
  readonly takenSeq: number;
  readonly replaced: ReadonlySet<string>;
}

/** All of them, in order. */
export function replacements(ledger: Ledger): readonly Replacement[] {
  const fresh = consented(ledger);
  const minted = entriesOf(ledger, 'token.minted');
  return takenAgain(ledger).flatMap(({ account, sent, returned }): Replacement[] => {
    const first = fresh.findLast((token) => token.account === account && token.seq < sent.seq);
    if (first === undefined || returned === null) return [];
    const before = minted.filter((token) => token.account === account && token.seq < first.seq);
    const replaced = new Set(before.map(({ token }) => token));
    return [{ account, takenAtMs: returned.at, takenSeq: returned.seq, replaced }];
  });
}
