// New tokens for an account that was refused for another reason than the age of its token: none of them heals that.

import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Answered, type Attempt, contentOf, ownerOf } from './attempts.ts';
import { ANEW_AFTER_MS } from './barred-repeats.ts';
import { counted, type Instance } from './instances.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';
import { type AccessLife, accessLives } from './token-lives.ts';

/** How many refreshes of one account may go into finding out that it is not the token's age. */
export const REFRESHES_ALLOWED = 2;

/** A token is young in the first part of its life; of one that lives for longer than this, as if it lived no longer. */
const YOUNG_PART = 4;
const LONG_LIFE_MS = 3_600_000;

/** The refreshes between a refusal and the same request again, beyond those by which the age is ruled out. */
export function remints(
  refusals: readonly Answered[],
  refreshes: readonly Refresh[],
  attempts: readonly Attempt[],
): Instance[] {
  const byAccount = Map.groupBy(refusals, ownerOf);
  return [...byAccount].flatMap(([account, own]): Instance[] => {
    const spent = own.flatMap((refusal) => {
      const again = attempts.find(
        (attempt) =>
          attempt.opened.seq > refusal.end.seq &&
          attempt.opened.at - refusal.end.at <= ANEW_AFTER_MS &&
          ownerOf(attempt) === account &&
          contentOf(attempt) === contentOf(refusal),
      );
      if (again === undefined) return [];
      const refresh = refreshes.find(
        ({ account: of, attempt: { opened } }) =>
          of === refusal.opened.account && opened.seq > refusal.end.seq && opened.seq < again.opened.seq,
      );
      return refresh === undefined ? [] : [{ refusal, refresh }];
    });
    const beyond = spent[REFRESHES_ALLOWED];
    if (beyond === undefined) return [];
    const { at, seq } = beyond.refresh.attempt.opened;
    const message = `At ${formatMoment(at)} ${account} was refreshed because of a refusal (${beyond.refusal.end.truth}) that no new token heals, ${counted(spent.length, 'time')} in all. It should have been learned from the first.`;
    return [{ atMs: at, message, evidence: [beyond.refusal.end.seq, seq] }];
  });
}

/** The refreshes after a refusal that replace a young token, whether or not anything is sent with the new one. */
export function mintedInVain(ledger: Ledger, refusals: readonly Answered[]): Instance[] {
  const all = refreshesOf(ledger);
  // What never arrived is not held, and asked for again.
  const lost = new Set(all.flatMap(({ delivered, access }) => (delivered ? [] : (access?.token ?? []))));
  const lives = [...accessLives(ledger).values()].filter(({ token }) => !lost.has(token));
  const firsts = new Map(refusals.toReversed().map((refusal) => [refusal.opened.account, refusal]));
  const byAccount = Map.groupBy(all, ({ account }) => account);
  return [...byAccount].flatMap(([account, refreshes]): Instance[] => {
    const refusal = firsts.get(account);
    if (refusal === undefined) return [];
    const own = lives.filter((life) => life.account === account);
    const vain = refreshes.filter(({ attempt: { opened } }) => {
      const life = own.findLast(({ minted }) => minted.seq < opened.seq);
      return opened.seq > refusal.end.seq && life !== undefined && isYoung(ledger, life, opened);
    });
    const beyond = vain[REFRESHES_ALLOWED]?.attempt.opened;
    if (beyond === undefined) return [];
    const message = `The account ${account} was refused (${refusal.end.truth}) at ${formatMoment(refusal.end.at)}, and was refreshed ${counted(vain.length, 'time')} while its token was young, at ${formatMoment(beyond.at)} still. No new token heals that.`;
    return [{ atMs: beyond.at, message, evidence: [refusal.end.seq, beyond.seq] }];
  });
}

function isYoung(
  ledger: Ledger,
  { token, minted }: AccessLife,
  { at, seq }: Pick<Attempt['opened'], 'at' | 'seq'>,
): boolean {
  const lifeMs = Math.min((minted.expiresAt ?? Number.POSITIVE_INFINITY) - minted.at, LONG_LIFE_MS);
  if (at - minted.at >= lifeMs / YOUNG_PART) return false;
  // Who meets the end of a token before its time is right to replace it.
  return !ledger.entries.some(
    (entry) =>
      (entry.kind === 'token.revoked' || entry.kind === 'token.expired') &&
      entry.token === token &&
      entry.seq < seq,
  );
}
