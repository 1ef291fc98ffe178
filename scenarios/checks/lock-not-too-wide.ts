// A refresh that takes its time is its own account's business: nobody else should stand in the queue.

import type { Check } from '../../harness/check.ts';
import { type Ledger, lastMomentMs } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type AccountCall, accountCalls, wasHeard } from './account-calls.ts';
import { type Attempt, attemptsOf, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { presenceOf } from './presence.ts';
import { refreshesOf } from './refreshes.ts';

/** From here on a refresh is slow. */
const SLOW_MS = 3000;
/** So long a call may do nothing of its own while somebody else's refresh is under way. */
const WAIT_MS = 2000;
/** Trouble of its own explains why a call waits. */
const TROUBLE_LASTS_MS = 60_000;

const fix = 'Lock one account, not all of them: `locks.get(account.id)` in place of one lock for the broker.';

export default {
  id: 'lock-not-too-wide',
  title: 'A slow refresh of one account does not hold up the calls of another',
  category: 'race',
  loses: 'other',
  why: 'One lock around all refreshes makes the slowest provider the speed of every other one: a brief slowness at one service becomes an outage of all.',
  judged:
    `A refresh is slow when it takes more than ${SLOW_MS / 1000} s. While it is under way a call to another account must not ` +
    `do nothing for more than ${WAIT_MS / 1000} s. What the call spends on exchanges of its own account does not count, nor does one ` +
    'whose own account has trouble at its token endpoint, or whose replica is paused or gone.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const slow = slowRefreshes(ledger);
    const presence = presenceOf(ledger);
    const calls = accountCalls(ledger).filter((call) => wasHeard(call, presence));
    const others = calls.filter((call) => slow.some((refresh) => meets(call, refresh)));
    if (others.length === 0)
      return {
        verdict: 'inconclusive',
        message: `No refresh took more than ${SLOW_MS / 1000} s while another account was called.`,
      };
    const own = Map.groupBy(attemptsOf(ledger), ({ opened }) => opened.account ?? opened.meantFor);
    const instances = others.flatMap((call) =>
      slow
        .filter((refresh) => meets(call, refresh))
        .flatMap((refresh) => waits(ledger, call, refresh, own.get(call.account) ?? [])),
    );
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(others.length, 'call')} to other accounts went on while a refresh was slow.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

interface SlowRefresh {
  readonly account: string;
  readonly seq: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

function slowRefreshes(ledger: Ledger): SlowRefresh[] {
  const lastMs = lastMomentMs(ledger);
  return refreshesOf(ledger)
    .map(({ account, attempt: { opened, end } }) => {
      return { account, seq: opened.seq, fromMs: opened.at, untilMs: end?.at ?? lastMs };
    })
    .filter(({ fromMs, untilMs }) => untilMs - fromMs > SLOW_MS);
}

function meets({ account, sent }: AccountCall, refresh: SlowRefresh): boolean {
  return account !== refresh.account && sent.at >= refresh.fromMs && sent.at < refresh.untilMs;
}

function waits(
  ledger: Ledger,
  { account, sent, returned }: AccountCall,
  refresh: SlowRefresh,
  own: readonly Attempt[],
): Instance[] {
  if (own.some((attempt) => isTrouble(attempt, sent.at))) return [];
  const untilMs = Math.min(returned?.at ?? lastMomentMs(ledger), refresh.untilMs);
  const busyMs = own
    .map(({ opened, end }) => Math.min(end?.at ?? untilMs, untilMs) - Math.max(opened.at, sent.at))
    .reduce((sum, ms) => sum + Math.max(0, ms), 0);
  const idleMs = untilMs - sent.at - busyMs;
  if (idleMs <= WAIT_MS) return [];
  const message = `A call to ${account}, sent at ${formatMoment(sent.at)}, did nothing for ${(idleMs / 1000).toFixed(1)} s while ${refresh.account} was being refreshed. It should have gone on.`;
  return [{ atMs: sent.at, message, evidence: [refresh.seq, sent.seq] }];
}

const isTrouble = ({ opened, end }: Attempt, sentMs: number) =>
  opened.endpoint === 'token' &&
  end !== null &&
  !succeeded({ opened, end }) &&
  Math.abs(end.at - sentMs) < TROUBLE_LASTS_MS;
