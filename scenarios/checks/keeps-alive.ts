// A refresh token that nobody uses dies of it. A job that runs four times a year has to be kept alive in between.

import type { Check } from '../../harness/check.ts';
import { formatDuration } from '../../harness/duration.ts';
import { entriesOf, type Ledger, lastMomentMs } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { counted, failure, type Instance } from './instances.ts';
import { refreshesOf } from './refreshes.ts';

const fix =
  'Refresh every account within its service’s window whether or not it is called, e.g. once a week where the window is a month.';

export default {
  id: 'keeps-alive',
  title: 'No refresh token sits idle for longer than its service’s window',
  category: 'endOfLife',
  loses: 'session',
  why: 'A refresh token that was unused for its window is silently over; the quarterly job finds out at night, when nobody can consent.',
  judged:
    'Each refresh token that the subject holds must be used within the idle window of its service, counted from its issue or ' +
    'its last use, for as long as its grant lives. Where no service has a window within the run, nothing can be concluded.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const held = heldTokens(ledger);
    if (held.length === 0)
      return {
        verdict: 'inconclusive',
        message: 'No refresh token could have been idle for its window within this run.',
      };
    const instances = held.flatMap(idle);
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(held.length, 'refresh token')}, and each was used within its window.`,
    };
  },
} satisfies Check;

const endOfRun = (ledger: Ledger) => Math.min(ledger.world.untilMs, lastMomentMs(ledger));

interface Held {
  readonly account: string;
  readonly mintSeq: number;
  readonly windowMs: number;
  readonly fromMs: number;
  /** The moments of its use, and in the end the moment at which it was spent, ended, or the run was over. */
  readonly momentsMs: readonly number[];
}

/** Those whose window ends within the run. */
function heldTokens(ledger: Ledger): Held[] {
  const windows = new Map(ledger.world.accounts.map(({ id, refreshIdleMs }) => [id, refreshIdleMs]));
  const refreshes = refreshesOf(ledger);
  const undelivered = new Set<string | null>(
    refreshes
      .filter(({ access, delivered }) => access !== null && !delivered)
      .map(({ attempt }) => attempt.opened.exchange),
  );
  const minted = entriesOf(ledger, 'token.minted').filter(({ tokenKind }) => tokenKind === 'refresh');
  const endMs = endOfRun(ledger);
  return minted.flatMap(({ token, account, at, seq, exchange }): Held[] => {
    const windowMs = windows.get(account);
    if (windowMs == null || at + windowMs >= endMs || undelivered.has(exchange)) return [];
    const usedMs = refreshes.flatMap(({ presented, access }) =>
      presented === token && access !== null ? [access.minted.at] : [],
    );
    const ended = ledger.entries.find(
      (entry) => (entry.kind === 'token.revoked' || entry.kind === 'token.evicted') && entry.token === token,
    );
    // Where it was rotated, its successor is there.
    const renewed = minted.find((other) => other.account === account && other.seq > seq);
    const lastMs = Math.min(endMs, ...[ended, renewed].flatMap((end) => end?.at ?? []));
    return [{ account, mintSeq: seq, windowMs, fromMs: at, momentsMs: [...usedMs, lastMs] }];
  });
}

function idle({ account, mintSeq, windowMs, fromMs, momentsMs }: Held): Instance[] {
  let lastMs = fromMs;
  for (const ms of momentsMs) {
    if (ms - lastMs > windowMs) {
      const message = `The refresh token of ${account} was not used from ${formatMoment(lastMs)} on, and its service ends it after ${formatDuration(windowMs)} without use. It should have been refreshed before ${formatMoment(lastMs + windowMs)}, though nobody called.`;
      return [{ atMs: lastMs + windowMs, message, evidence: [mintSeq] }];
    }
    lastMs = ms;
  }
  return [];
}
