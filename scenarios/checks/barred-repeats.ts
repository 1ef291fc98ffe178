// A request that was refused for its account, its scope or a policy, and was sent again all the same.

import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { keyOf, keyOfAttempt, operationsOf } from './asked-calls.ts';
import { type Answered, contentOf, inOrderOfAnswer, ownerOf } from './attempts.ts';
import { counted, type Instance } from './instances.ts';
import { accessLives, FRESH_MS } from './token-lives.ts';

/** One more send, after a refresh, is how the age of the token is ruled out. */
export const SENDS_ALLOWED = 2;

/** Someone who asks for the same thing after this time asks anew. */
export const ANEW_AFTER_MS = 60_000;

const sameRequest = (attempt: Answered) => `${ownerOf(attempt)} ${contentOf(attempt)}`;

/** Whether a fresh token was refused for itself, or because it is not known yet, only another send can tell. */
export function withoutFresh(ledger: Ledger, refusals: readonly Answered[]): readonly Answered[] {
  const lives = accessLives(ledger);
  return refusals.filter(({ opened: { token, at } }) => {
    const mintedMs = lives.get(token ?? '')?.minted.at ?? Number.NEGATIVE_INFINITY;
    return at - mintedMs >= FRESH_MS;
  });
}

/** The requests that were sent more often than those side by side who asked for them explain. */
export function repeated(refusals: readonly Answered[]): Instance[] {
  const rows = Map.groupBy(inOrderOfAnswer(refusals), sameRequest);
  return [...rows.values()].flatMap((row): Instance[] => {
    const [burst] = burstsIn(row).filter((sends) => sends.length > SENDS_ALLOWED * callersOf(sends));
    const [first] = burst ?? [];
    if (burst === undefined || first === undefined) return [];
    const beyond = burst[SENDS_ALLOWED * callersOf(burst)] ?? first;
    const message = `The request \`${first.opened.route}\` for ${ownerOf(first)} was refused (${first.end.truth}) at ${formatMoment(first.end.at)}, and was sent ${counted(burst.length - 1, 'more time')}. No repetition heals that.`;
    return [{ atMs: beyond.opened.at, message, evidence: burst.map(({ opened }) => opened.seq) }];
  });
}

/** The sends of one request, apart where it was asked for anew. */
function burstsIn(row: readonly Answered[]): readonly Answered[][] {
  const bursts: Answered[][] = [];
  for (const send of row) {
    const burst = bursts.at(-1);
    const isAnew = send.opened.at - (burst?.[0]?.opened.at ?? 0) > ANEW_AFTER_MS;
    if (burst === undefined || isAnew) bursts.push([send]);
    else burst.push(send);
  }
  return bursts;
}

/** How many asked for the same thing without knowing of each other: nobody had been refused yet. */
const callersOf = (burst: readonly Answered[]): number =>
  burst.filter(({ opened }) => opened.seq < (burst[0]?.end.seq ?? 0)).length;

/** The requests that a broker sent more often than it was asked for them explains: at once, or however much later. */
export function unasked(ledger: Ledger, refusals: readonly Answered[]): Instance[] {
  const asked = Map.groupBy(operationsOf(ledger, 'call'), ({ sent: { account, method, path } }) =>
    keyOf(account, method, path),
  );
  return [...Map.groupBy(refusals, keyOfAttempt)].flatMap(([key, row]): Instance[] => {
    // What a broker asks for of its own accord is its own affair.
    const times = asked.get(key)?.length ?? Number.POSITIVE_INFINITY;
    const [first] = row;
    const beyond = row[SENDS_ALLOWED * times];
    if (first === undefined || beyond === undefined) return [];
    const { at } = beyond.opened;
    const message = `The request \`${first.opened.route}\` for ${ownerOf(first)} was asked for ${counted(times, 'time')}, was refused (${first.end.truth}) at ${formatMoment(first.end.at)}, and was sent ${counted(row.length, 'time')}, at ${formatMoment(at)} still. No repetition heals that, and nobody had asked for one.`;
    return [{ atMs: at, message, evidence: row.map(({ opened }) => opened.seq) }];
  });
}
