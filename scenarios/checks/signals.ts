// The subject's events about consents: one is due, has come, or was given twice.

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
