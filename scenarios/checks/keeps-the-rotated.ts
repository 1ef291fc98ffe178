// Of all refresh tokens that an account ever had, one is good: the newest. It must be the one that is used next.

import type { Check } from '../../harness/check.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isTerminalForGrant } from '../../mocks/index.ts';
import { accountCalls } from './account-calls.ts';
import { attemptsOf, isRefused, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';
import { accessLives } from './token-lives.ts';

const fix =
  'Keep what a token answer brings, and what it leaves out: `refreshToken = answer.refresh_token ?? refreshToken`; write it where a restart and every replica will find it.';

export default {
  id: 'keeps-the-rotated',
  title: 'The newest refresh token is the one used next',
  category: 'rotation',
  loses: 'session',
  why: 'A rotated token that is not kept, or a kept one that an answer without refresh_token wipes, ends the session at the second expiry (modelcontextprotocol/python-sdk#2270; RFC 6749 section 6).',
  judged:
    'A refresh must present the newest refresh token that was delivered to any process of the subject, also after a restart; ' +
    'inside the service’s grace the one before will do. And an account that was refreshed once must be refreshed again when ' +
    'calls to it fail after the end of its access token, as long as its refresh token lives.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const refreshes = refreshesOf(ledger);
    const again = refreshes.filter(({ account }, index) =>
      refreshes.slice(0, index).some((earlier) => earlier.account === account && succeeded(earlier.attempt)),
    );
    const instances = [
      ...again.flatMap((refresh) => olderThanHeld(ledger, refresh, refreshes)),
      ...forgotten(ledger, refreshes),
    ];
    if (instances.length > 0) return failure(instances, fix);
    if (again.length === 0)
      return { verdict: 'inconclusive', message: 'No account was refreshed a second time.' };
    return {
      verdict: 'pass',
      message: `${counted(again.length, 'later refresh', 'later refreshes')}, each with the newest token.`,
    };
  },
} satisfies Check;

function olderThanHeld(ledger: Ledger, refresh: Refresh, all: readonly Refresh[]): Instance[] {
  const { account, presented, attempt } = refresh;
  const minted = new Map(entriesOf(ledger, 'token.minted').map((entry) => [entry.token, entry]));
  const graceMs = ledger.world.accounts.find(({ id }) => id === account)?.graceMs ?? 0;
  const spentMs =
    entriesOf(ledger, 'token.rotated').find(
      ({ token, seq }) => token === presented && seq < attempt.opened.seq,
    )?.at ?? null;
  if (spentMs !== null && attempt.opened.at < spentMs + graceMs) return [];
  const rotations = new Map(entriesOf(ledger, 'token.rotated').map((entry) => [entry.exchange, entry]));
  const mintSeq = minted.get(presented)?.seq ?? 0;
  const newer = all.findLast((other) => {
    if (other.account !== account || !succeeded(other.attempt) || other.attempt.end.at >= attempt.opened.at)
      return false;
    const successor = rotations.get(other.attempt.opened.exchange)?.successor ?? '';
    return (minted.get(successor)?.seq ?? 0) > mintSeq;
  });
  if (newer?.attempt.end == null) return [];
  const { end } = newer.attempt;
  const { at, seq } = attempt.opened;
  const message = `At ${formatMoment(at)} ${account} was refreshed with a refresh token that is older than the one delivered at ${formatMoment(end.at)}. The newest one should have been kept and presented.`;
  return [{ atMs: at, message, evidence: [end.seq, seq] }];
}

// Nothing is presented any more, though there is something to present.
function forgotten(ledger: Ledger, refreshes: readonly Refresh[]): Instance[] {
  const lives = [...accessLives(ledger).values()];
  const attempts = attemptsOf(ledger);
  const calls = accountCalls(ledger);
  return ledger.world.accounts.flatMap(({ id }): Instance[] => {
    const own = refreshes.filter(({ account }) => account === id);
    const last = own.at(-1);
    if (last === undefined || !succeeded(last.attempt)) return [];
    const life = lives.findLast(({ account }) => account === id);
    const over = life?.expired ?? null;
    const { end } = last.attempt;
    if (over === null || life === undefined || life.minted.seq > end.seq) return [];
    const isDead =
      entriesOf(ledger, 'token.revoked').some(
        ({ account, truth }) => account === id && isTerminalForGrant(truth),
      ) ||
      attempts.some(
        (attempt) =>
          attempt.opened.account === id && isRefused(attempt) && isTerminalForGrant(attempt.end.truth),
      );
    const failed = calls.find(
      (call) => call.account === id && call.sent.seq > over.seq && call.returned !== null && !call.ok,
    );
    if (isDead || failed === undefined) return [];
    const message = `The account ${id} was refreshed at ${formatMoment(end.at)}, and when that access token was over at ${formatMoment(over.at)} its refresh token, which was alive, was never presented: a call at ${formatMoment(failed.sent.at)} failed. What an answer does not replace should have been kept.`;
    return [{ atMs: failed.sent.at, message, evidence: [end.seq, failed.sent.seq] }];
  });
}
