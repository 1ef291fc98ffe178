// Of all refresh tokens that an account ever had, one is good: the newest. It must be the one that is used next.

import type { Check } from '../../harness/check.ts';
import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isJsonObject } from '../../mocks/http.ts';
import { failedCall } from './account-calls.ts';
import { type Answered, type Attempt, attemptsOf, ownerOf, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { graceMsOf, type Refresh, refreshesOf } from './refreshes.ts';
import { consentsAskedFor } from './signals.ts';
import { needsReauthorization } from './terminal.ts';
import { accessLives, isRefusedForAge } from './token-lives.ts';

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
    'calls to it fail after the end of its access token, as long as its refresh token lives. No new consent may be asked for ' +
    'then, after a token request without any token that was ever given, or a call with one that was over.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const refreshes = refreshesOf(ledger);
    const renewed = new Set<string>();
    const again = refreshes.filter(({ account, attempt }) => {
      const isAgain = renewed.has(account);
      if (succeeded(attempt)) renewed.add(account);
      return isAgain;
    });
    const families = familiesOf(ledger, refreshes);
    const instances = [
      ...again.flatMap((refresh) => olderThanHeld(ledger, refresh, families(refresh.account))),
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

/** What is known of one account's refresh tokens. */
interface Family {
  readonly refreshes: readonly Refresh[];
  readonly rotations: readonly EntryOf<'token.rotated'>[];
  readonly minted: readonly EntryOf<'token.minted'>[];
}

function familiesOf(ledger: Ledger, all: readonly Refresh[]): (account: string) => Family {
  const refreshes = Map.groupBy(all, ({ account }) => account);
  const rotations = Map.groupBy(entriesOf(ledger, 'token.rotated'), ({ account }) => account);
  const minted = Map.groupBy(entriesOf(ledger, 'token.minted'), ({ account }) => account);
  return (account) => ({
    refreshes: refreshes.get(account) ?? [],
    rotations: rotations.get(account) ?? [],
    minted: minted.get(account) ?? [],
  });
}

function olderThanHeld(
  ledger: Ledger,
  { account, presented, attempt }: Refresh,
  { refreshes, rotations, minted }: Family,
): Instance[] {
  const { at, seq } = attempt.opened;
  const spent = rotations.find((entry) => entry.token === presented && entry.seq < seq);
  if (spent !== undefined && at < spent.at + graceMsOf(ledger, account)) return [];
  const mintSeq = minted.find(({ token }) => token === presented)?.seq ?? 0;
  const newer = new Set(
    rotations
      .filter((entry) => entry.seq > mintSeq && entry.successor !== presented)
      .map(({ exchange }) => exchange),
  );
  const held = refreshes
    .map((refresh) => refresh.attempt)
    .filter(succeeded)
    .findLast(({ opened, end }) => newer.has(opened.exchange) && end.at < at);
  if (held === undefined) return [];
  const message = `At ${formatMoment(at)} ${account} was refreshed with a refresh token that is older than the one delivered at ${formatMoment(held.end.at)}. The newest one should have been kept and presented.`;
  return [{ atMs: at, message, evidence: [held.end.seq, seq] }];
}

// Nothing is presented any more, though there is something to present.
function forgotten(ledger: Ledger, refreshes: readonly Refresh[]): Instance[] {
  return ledger.world.accounts.flatMap(({ id, service }): Instance[] => {
    const last = refreshes.findLast(({ account }) => account === id)?.attempt;
    if (last === undefined || !succeeded(last) || needsReauthorization(ledger, id)) return [];
    const from = { account: id, service, last };
    return [...unpresented(ledger, from), ...empty(ledger, from)];
  });
}

/** An account, and the last refresh of it, which succeeded. */
interface LastRefresh {
  readonly account: string;
  readonly service: string;
  readonly last: Answered;
}

function unpresented(ledger: Ledger, { account, last: { end } }: LastRefresh): Instance[] {
  const life = [...accessLives(ledger).values()].findLast((each) => each.account === account);
  if (life?.expired == null || life.minted.seq > end.seq) return [];
  const over = life.expired;
  const failed = failedCall(ledger, account, over);
  if (failed === undefined) return [];
  const message = `The account ${account} was refreshed at ${formatMoment(end.at)}, and when that access token was over at ${formatMoment(over.at)} its refresh token, which was alive, was never presented: a call at ${formatMoment(failed.sent.at)} failed. What an answer does not replace should have been kept.`;
  return [{ atMs: failed.sent.at, message, evidence: [end.seq, failed.sent.seq] }];
}

// Whoever asks for a consent, and had nothing left to present, had something before.
function empty(ledger: Ledger, { account, service, last: { end } }: LastRefresh): Instance[] {
  const asked = consentsAskedFor(ledger, account).find(({ seq }) => seq > end.seq);
  if (asked === undefined) return [];
  const before = attemptsOf(ledger).filter(({ opened }) => opened.seq < asked.seq);
  const served = before.findLast((attempt) => succeeded(attempt) && ownerOf(attempt) === account);
  const vain = before.find(
    (attempt) =>
      attempt.opened.seq > (served?.opened.seq ?? 0) &&
      (presentsNothing(attempt, service) || (ownerOf(attempt) === account && isRefusedForAge(attempt))),
  );
  if (vain === undefined) return [];
  const { at, seq } = vain.opened;
  const message = `The account ${account} was refreshed at ${formatMoment(end.at)}. At ${formatMoment(at)} its refresh token, which was alive, was not presented, and at ${formatMoment(asked.at)} a new consent was asked for. What an answer does not replace should have been kept.`;
  return [{ atMs: at, message, evidence: [end.seq, seq, asked.seq] }];
}

// A refresh with something that nobody ever gave.
function presentsNothing({ opened }: Attempt, service: string): boolean {
  const { account, body } = opened;
  const isRefresh = isJsonObject(body) && body.grant_type === 'refresh_token';
  return account === null && opened.service === service && isRefresh;
}
