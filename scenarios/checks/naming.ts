// What a claim says of lost work: by the item's id, or by an account that it gives up from a refusal on.

import type { Claim, Entry } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import {
  type Attempt,
  attemptsOf,
  inOrderOfAnswer,
  isAnswered,
  isRefused,
  ownerOf,
  succeeded,
} from './attempts.ts';
import { idsIn, idsTold } from './ids.ts';
import type { LostWork } from './lost-work.ts';
import { unhealedRefusals, worksOf } from './work.ts';

/** Run and twin do not keep step to the millisecond. */
const OUT_OF_STEP_MS = 60_000;

/** Tells whether a claim names a piece of lost work. */
export function namedBy(claim: Claim, run: Ledger, twin: Ledger | null): (lost: LostWork) => boolean {
  const { skipped = [], reauth = [], status } = claim;
  const ids = idsTold(run, twin);
  const attempts = attemptsOf(run);
  const items = new Set(skipped.flatMap(({ item }) => itemNames(item, ids)));
  // A run that says it is not complete may name an account by asking for its reauthorization.
  const accounts = [
    ...skipped.filter(({ item }) => item === undefined),
    ...(status === 'completed' ? [] : reauth),
  ];
  const givenUp = new Map(
    accounts.map(({ account }) => [account, backOver(run, givenUpFromMs(account, attempts, ids))]),
  );
  // Who pauses says of all that was still to come that it is not done.
  const pausedFromMs =
    status === 'paused'
      ? backOver(run, attempts.at(-1)?.opened.at ?? 0) - OUT_OF_STEP_MS
      : Number.POSITIVE_INFINITY;
  return ({ names, accounts: needed, atMs }) =>
    atMs >= pausedFromMs ||
    [...names].some((name) => items.has(name)) ||
    [...needed].some(
      (account) => atMs >= (givenUp.get(account) ?? Number.POSITIVE_INFINITY) - OUT_OF_STEP_MS,
    );
}

/** The names that a skipped item stands for: as it is written, and the ids in it. */
export function itemNames(item: string | undefined, ids: ReadonlySet<string>): string[] {
  return item === undefined ? [] : [item.trim(), ...idsIn([item], ids)];
}

// What fell due while nobody was there is given up with what came right after.
function backOver({ entries }: Ledger, ms: number): number {
  const isStart = (entry: Entry) => entry.kind === 'process.started' && entry.resume && entry.at <= ms;
  const index = entries.findLastIndex(isStart);
  const start = entries[index];
  if (start === undefined || ms - start.at > OUT_OF_STEP_MS) return ms;
  const before = entries.slice(0, index);
  const end = before.findLast(({ kind }) => kind === 'process.killed' || kind === 'process.exited');
  return end?.at ?? ms;
}

// An account is given up from its first refusal on that was not healed; where all were, from the last one.
function givenUpFromMs(
  account: string | undefined,
  attempts: readonly Attempt[],
  ids: ReadonlySet<string>,
): number {
  const own = attempts.filter((attempt) => ownerOf(attempt) === account);
  const exchanges = own.filter(({ opened }) => opened.endpoint === 'token').filter(isAnswered);
  const works = [...worksOf(own, ids).map(({ answers }) => answers), inOrderOfAnswer(exchanges)];
  const unhealed = works.flatMap(unhealedRefusals);
  const refused = unhealed.length > 0 ? unhealed : own.filter(isRefused).slice(-1);
  // Where nothing was refused, it failed in another way.
  const failed = refused.length > 0 ? refused : own.filter((attempt) => !succeeded(attempt));
  return failed.reduce((ms, { opened }) => Math.min(ms, opened.at), Number.POSITIVE_INFINITY);
}
