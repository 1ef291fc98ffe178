// What follows when an agent pauses and asks for reauthorization: its owners consent anew, after a while.

import type { Account } from '../../../mocks/index.ts';
import type { Claim } from '../../entry.ts';
import { reauthorize } from '../reauthorization.ts';
import type { SubjectRun } from '../subject.ts';

/** How long the answers to a consent may take, in ms of the clock. */
const ANSWERED_WITHIN_MS = 60_000;

/** The accounts whose owners a claim asks for a new consent: those of an agent that waits for it. */
export function whoAsks(claim: Claim, accounts: readonly Account[]): readonly Account[] {
  const asked = claim.status === 'paused' ? (claim.reauth ?? []) : [];
  return accounts.filter(({ id }) => asked.some(({ account }) => account === id));
}

/** Lets the time of a consent pass, and returns the accounts that carry a new grant. */
export async function consentsTo(
  run: Parameters<typeof reauthorize>[0] & Pick<SubjectRun, 'consentTakesMs'>,
  accounts: readonly Account[],
): Promise<readonly Account[]> {
  const { clock } = run;
  let renewed: readonly (Account | null)[] | null = null;
  const consentAtMs = clock.nowMs + run.consentTakesMs;
  clock.schedule(consentAtMs, 'reauthorize', () => {
    void Promise.all(accounts.map((account) => reauthorize(run, account))).then((all) => {
      renewed = all;
      clock.stop();
    });
  });
  // While nobody lives, time goes on only as long as something is due.
  const cancelEnd = clock.schedule(consentAtMs + ANSWERED_WITHIN_MS, 'zzz reauthorized', () => clock.stop());
  while (renewed === null && clock.nowMs < consentAtMs + ANSWERED_WITHIN_MS) await clock.run();
  cancelEnd();
  return (renewed ?? []).filter((account) => account !== null);
}
