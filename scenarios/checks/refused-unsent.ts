// Calls that a broker refuses before the wire, because its account lacks what they need: whether it says what that is.

import type { BrokerCallReturned, BrokerCallSent } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { accountCalls } from './account-calls.ts';
import { type AskedCall, askedCallsOf, errorOf } from './asked-calls.ts';
import { attemptsOf, ownerOf, succeeded } from './attempts.ts';
import { SAYS_BARRED, WORDS_OF_ACCESS } from './barred.ts';
import type { Instance } from './instances.ts';

/** A call that a broker refused for its account, its scope or its installation. */
export interface RefusedCall extends AskedCall {
  readonly returned: BrokerCallReturned;
  readonly code: string;
  readonly said: string;
}

/** Every call that was refused for its account, its scope or its installation before it was sent. */
export function refusedBeforeTheWire(ledger: Ledger): readonly RefusedCall[] {
  // What is sent for the account meanwhile may have been this call in other words.
  const attempts = attemptsOf(ledger).filter(({ opened }) => opened.endpoint === 'resource');
  return askedCallsOf(ledger).flatMap((call): RefusedCall[] => {
    const { sent, returned } = call;
    const error = errorOf(returned);
    if (returned === null || error === null || !SAYS_BARRED.has(error.code)) return [];
    const isSent = attempts.some(
      ({ opened }) =>
        ownerOf({ opened, end: null }) === sent.account && opened.seq > sent.seq && opened.seq < returned.seq,
    );
    return isSent ? [] : [{ ...call, returned, code: error.code, said: error.message }];
  });
}

/** What is wrong with such a refusal: it names nothing that is missing, or nothing is. */
export function poorlyRefused(ledger: Ledger, { sent, returned, code, said }: RefusedCall): Instance[] {
  const call = `At ${formatMoment(returned.at)} the call \`${sent.method} ${sent.path}\` for ${sent.account} was refused as ${code} before it was sent`;
  if (!WORDS_OF_ACCESS.test(said)) {
    const message = `${call}, without a word of what is missing. The account, and the scope or installation that it lacks, should have been named.`;
    return [{ atMs: returned.at, message, evidence: [sent.seq, returned.seq] }];
  }
  const served = servedUnchanged(ledger, sent, returned.seq);
  if (served === undefined) return [];
  const message = `${call}, and the service granted the same at ${formatMoment(served.at)} to the same account. It should have been sent.`;
  return [{ atMs: returned.at, message, evidence: [returned.seq, served.seq] }];
}

// The same request, answered afterwards, when nothing had happened to the account.
function servedUnchanged(ledger: Ledger, { account, method, path }: BrokerCallSent, afterSeq: number) {
  const plain = path?.split('?')[0];
  const served = attemptsOf(ledger)
    .filter(succeeded)
    .find(
      (attempt) =>
        attempt.opened.seq > afterSeq &&
        ownerOf(attempt) === account &&
        attempt.opened.method === method &&
        attempt.opened.path === plain,
    )?.end;
  if (served === undefined) return undefined;
  const changes = [...entriesOf(ledger, 'act'), ...accountCalls(ledger, 'connect').map(({ sent }) => sent)];
  const hasChanged = changes.some(
    (change) => change.account === account && change.seq > afterSeq && change.seq < served.seq,
  );
  return hasChanged ? undefined : served;
}
