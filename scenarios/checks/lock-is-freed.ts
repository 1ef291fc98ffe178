// Who holds a lock may die. The lock must not die with it.

import type { Check } from '../../harness/check.ts';
import { entriesOf, type Ledger, lastMomentMs } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { accountCalls, wasHeard } from './account-calls.ts';
import { counted, failure, type Instance } from './instances.ts';
import { presenceOf } from './presence.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';

/** How long it may take until somebody else refreshes. */
const TAKEOVER_MS = 120_000;

const fix =
  'Give the lock a lease that ends by itself, longer than a refresh may take, and let whoever finds it over take it.';

export default {
  id: 'lock-is-freed',
  title: 'When the holder of a refresh dies, another takes over',
  category: 'race',
  loses: 'session',
  why: 'A lock that outlives its holder stops every later refresh of the account: nobody works on it, and everybody waits (NangoHQ/nango#1005).',
  judged:
    `When a process dies with a refresh under way, the account must be refreshed again within ${TAKEOVER_MS / 60_000} minutes of the ` +
    'first call to it afterwards, by whomever. Where all calls are answered without a refresh, none was needed.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const deaths = deathsInRefresh(ledger);
    if (deaths.length === 0)
      return { verdict: 'inconclusive', message: 'No process died while it was refreshing a token.' };
    const outcomes = deaths.map((death) => outcomeOf(ledger, death));
    const instances = outcomes.filter((outcome) => outcome !== null && outcome !== 'taken over');
    if (instances.length > 0) return failure(instances, fix);
    const taken = outcomes.filter((outcome) => outcome === 'taken over').length;
    if (taken === 0)
      return {
        verdict: 'inconclusive',
        message: 'After the holder’s death no refresh of its account was needed.',
      };
    return {
      verdict: 'pass',
      message: `${counted(taken, 'refresh', 'refreshes')} of the dead ${taken === 1 ? 'was' : 'were'} taken over.`,
    };
  },
} satisfies Check;

interface Death {
  readonly refresh: Refresh;
  readonly at: number;
  readonly seq: number;
}

function deathsInRefresh(ledger: Ledger): Death[] {
  const ends = [...entriesOf(ledger, 'process.killed'), ...entriesOf(ledger, 'process.exited')];
  return refreshesOf(ledger).flatMap((refresh) => {
    const { opened, end } = refresh.attempt;
    // What dies with its process is lost at the same moment.
    const isUnderWay = (seq: number, at: number) =>
      end === null || seq < end.seq || (end.kind === 'exchange.lost' && at === end.at);
    const death = ends.find(
      ({ party, seq, at }) => party === opened.party && seq > opened.seq && isUnderWay(seq, at),
    );
    return death === undefined ? [] : [{ refresh, at: death.at, seq: death.seq }];
  });
}

/** Null where no other refresh was needed. */
function outcomeOf(
  ledger: Ledger,
  { refresh: { account, attempt }, at, seq }: Death,
): Instance | 'taken over' | null {
  const presence = presenceOf(ledger);
  const calls = accountCalls(ledger).filter(
    (call) => call.account === account && call.sent.seq > seq && wasHeard(call, presence),
  );
  const next = refreshesOf(ledger).find(
    (other) => other.account === account && other.attempt.opened.seq > seq,
  );
  const [first] = calls;
  const deadlineMs = (first?.sent.at ?? Number.POSITIVE_INFINITY) + TAKEOVER_MS;
  if (next !== undefined && next.attempt.opened.at <= deadlineMs) return 'taken over';
  const suffering = calls.find(({ ok }) => !ok);
  if (suffering === undefined || lastMomentMs(ledger) < deadlineMs) return null;
  const message = `At ${formatMoment(at)} ${attempt.opened.party} died while it was refreshing ${account}, and by ${formatMoment(deadlineMs)} nobody had taken over. A call to it at ${formatMoment(suffering.sent.at)} was not answered well. Another should have refreshed within ${TAKEOVER_MS / 60_000} minutes.`;
  return { atMs: suffering.sent.at, message, evidence: [attempt.opened.seq, seq, suffering.sent.seq] };
}
