// Where an account was given up: a broker says so to whoever calls, an agent at the end of its run.

import type { Run } from '../../harness/check.ts';
import { entriesOf } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { failedCall } from './account-calls.ts';
import { lostWork } from './lost-work.ts';
import { accessLives } from './token-lives.ts';

/** What shows that an account was given up. */
export interface GivenUp {
  readonly atMs: number;
  readonly seq: number;
  /** A clause: `a call at 00:30:00 failed`. */
  readonly what: string;
}

/** What comes at or after a moment, and after an entry. */
interface After {
  readonly seq: number;
  readonly atMs: number;
}

/** The first sign of it: a broker's call that was answered and not done, or an agent's claim that goes without the account. */
export function givenUpAfter(run: Run, account: string, after: After): GivenUp | undefined {
  const failed = failedCall(run.ledger, account, after)?.sent;
  if (failed === undefined) return lastWord(run, account, after);
  return { atMs: failed.at, seq: failed.seq, what: `a call at ${formatMoment(failed.at)} failed` };
}

// Work that needed the account was lost when its access token was over, and the agent gives the account as the reason.
function lastWord({ ledger, twin }: Run, account: string, { seq, atMs }: After): GivenUp | undefined {
  const claim = entriesOf(ledger, 'claim').at(-1);
  if (claim === undefined || claim.seq < seq) return undefined;
  const { skipped = [], reauth = [] } = claim.claim;
  if (![...skipped, ...reauth].some((named) => named.account === account)) return undefined;
  const newest = [...accessLives(ledger).values()].findLast((life) => life.account === account)?.token;
  const over = ledger.entries.find(
    (entry) => (entry.kind === 'token.expired' || entry.kind === 'token.revoked') && entry.token === newest,
  );
  if (over === undefined) return undefined;
  const lost = lostWork(ledger, twin).find(
    (work) => work.accounts.has(account) && work.atMs >= Math.max(atMs, over.at),
  );
  if (lost === undefined) return undefined;
  const what = `the run goes without it, and lost what came at ${formatMoment(lost.atMs)}`;
  return { atMs: lost.atMs, seq: claim.seq, what };
}
