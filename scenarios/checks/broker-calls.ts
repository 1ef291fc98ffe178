// What a broker was asked and how it answered, put together from the ledger's entries.

import type { BrokerCallReturned, BrokerCallSent } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import type { Instance } from './instances.ts';
import { isHere, presenceOf } from './presence.ts';

/** A question and its answer; null when the run ended first. */
export interface BrokerCall {
  readonly sent: BrokerCallSent;
  readonly returned: BrokerCallReturned | null;
}

/** All that a broker was asked, in order. */
export function brokerCalls({ entries }: Ledger): BrokerCall[] {
  const returned = new Map<string, BrokerCallReturned>();
  const sent: BrokerCallSent[] = [];
  for (const entry of entries) {
    if (entry.kind === 'call.sent' && 'operation' in entry) sent.push(entry);
    if (entry.kind === 'call.returned' && 'operation' in entry) returned.set(entry.call, entry);
  }
  return sent.map((one) => ({ sent: one, returned: returned.get(one.call) ?? null }));
}

/** The questions that got no answer, or none that can be read, although nobody had hit the replica meanwhile. */
export function brokenAnswers(ledger: Ledger): Instance[] {
  const presence = presenceOf(ledger);
  return brokerCalls(ledger).flatMap(({ sent, returned }): Instance[] => {
    if (returned === null || returned.failure === null) return [];
    if (!isHere(presence, sent.party, sent.at, returned.at)) return [];
    const what = sent.path === null ? sent.operation : `${sent.operation} ${sent.method} ${sent.path}`;
    const whom = sent.account === null ? '' : ` for ${sent.account}`;
    const message = `At ${formatMoment(sent.at)} ${sent.party} was asked for \`${what}\`${whom}. ${returned.failure} Every question should get an answer.`;
    return [{ atMs: sent.at, message, evidence: [sent.seq, returned.seq] }];
  });
}
