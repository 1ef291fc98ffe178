// What a broker was asked to do for one account, and whether it says that it was done.

import type { BrokerCallReturned, BrokerOperation } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { errorOf, operationsOf } from './asked-calls.ts';
import type { BrokerCall } from './broker-calls.ts';
import { isHere, type Presence } from './presence.ts';

/** One question about an account, and its answer. */
export interface AccountCall extends BrokerCall {
  readonly account: string;
  /** Whether the broker says that it was done. */
  readonly ok: boolean;
  /** The code of its error; null without one. */
  readonly code: string | null;
}

/** Everything of one kind that was asked for some account, in order. */
export function accountCalls(ledger: Ledger, operation: BrokerOperation = 'call'): AccountCall[] {
  return operationsOf(ledger, operation).flatMap(({ sent, returned }) => {
    const { account } = sent;
    return account === null ? [] : [{ account, sent, returned, ...outcomeOf(returned) }];
  });
}

function outcomeOf(returned: BrokerCallReturned | null): Pick<AccountCall, 'ok' | 'code'> {
  const isAnswered = returned?.status != null && returned.status < 300;
  const error = errorOf(returned);
  return { ok: isAnswered && error === null, code: error?.code ?? null };
}

/** The first call to an account, of those sent after an entry and not before a moment, that was answered and not done. */
export function failedCall(
  ledger: Ledger,
  account: string,
  { seq, atMs = 0 }: { readonly seq: number; readonly atMs?: number },
): AccountCall | undefined {
  return accountCalls(ledger).find(
    ({ account: of, sent, returned, ok }) =>
      of === account && sent.seq > seq && sent.at >= atMs && returned !== null && !ok,
  );
}

/** Whether the replica that was asked was there all the while; what is asked of one that is gone says nothing of locks. */
export function wasHeard({ sent, returned }: BrokerCall, presence: Presence): boolean {
  return isHere(presence, sent.party, sent.at, returned?.at ?? Number.POSITIVE_INFINITY);
}
