// What a subject says of consents: in its events, that one is due or has come; an agent also in its claim, that one is due.

import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { isJsonObject } from '../../mocks/http.ts';
import type { Json } from '../../mocks/index.ts';

/** One event that names an account. */
export interface Signal {
  readonly entry: EntryOf<'event.received'>;
  readonly type: 'reauth_required' | 'reauth_succeeded';
  readonly account: string;
  readonly service: Json;
  readonly reason: Json;
}

/** Within this time the same event again is a repetition, not another one. */
const REPETITION_MS = 60_000;

/** All signals, in order, without the repetitions of a sender that was not sure to have been heard. */
export function signalsOf(ledger: Ledger): Signal[] {
  const lastMs = new Map<string, number>();
  return entriesOf(ledger, 'event.received').flatMap((entry): Signal[] => {
    if (!isJsonObject(entry.event)) return [];
    const { at: _moment, ...said } = entry.event;
    const { type, account, service = null, reason = null } = said;
    if (type !== 'reauth_required' && type !== 'reauth_succeeded') return [];
    if (typeof account !== 'string') return [];
    const words = JSON.stringify(said);
    const isRepetition = entry.at - (lastMs.get(words) ?? Number.NEGATIVE_INFINITY) < REPETITION_MS;
    lastMs.set(words, entry.at);
    return isRepetition ? [] : [{ entry, type, account, service, reason }];
  });
}

/** Where a new consent was asked for: each event that says so, and each claim of an agent, in order. */
export function consentsAskedFor(
  ledger: Ledger,
  account: string,
): readonly (EntryOf<'event.received'> | EntryOf<'claim'>)[] {
  const events = signalsOf(ledger)
    .filter((signal) => signal.type === 'reauth_required' && signal.account === account)
    .map(({ entry }) => entry);
  return [...events, ...claimsFor(ledger, account)].sort((a, b) => a.seq - b.seq);
}

/** The claims in which an agent asks for a new consent of an account. */
export function claimsFor(ledger: Ledger, account: string): readonly EntryOf<'claim'>[] {
  return entriesOf(ledger, 'claim').filter(({ claim }) =>
    (claim.reauth ?? []).some((asked) => asked.account === account),
  );
}
