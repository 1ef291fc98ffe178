// A retry is not a refresh: the same request, sent again and again, meets the same refusal.

import type { Check } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import {
  type Attempt,
  attemptsOf,
  contentOf,
  isDisguised,
  isRefused,
  ownerOf,
  type Refused,
  succeeded,
} from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';

/** Sends of one request that fail within this time belong to one logical call. */
const WITHIN_MS = 5 * 60_000;
/** How often one request may be refused for its credential. */
const REFUSALS_ALLOWED = 4;
/** How often it may fail in any other way: rate limits and outages are waited out with backoff. */
const FAILURES_ALLOWED = 20;
/** How many refreshes may be tried to heal one request. */
const REFRESHES_ALLOWED = 2;

const fix =
  'Retry a refused request once, after a refresh, and give up on the second refusal: `if (res.status === 401 && attempt > 0) throw new CredentialRefused(account)`.';

export default {
  id: 'bounded-retries',
  title: 'Requests per logical call are bounded',
  category: 'endOfLife',
  loses: 'other',
  why: 'The agent retries indefinitely on a permanent denial: retry and token refresh are orthogonal, and a 401 -> refresh -> 401 loop has no end of its own.',
  judged:
    `Of the same request, for each time that it was under way at once, at most ${REFUSALS_ALLOWED} sends within ${WITHIN_MS / 60_000} virtual minutes may be refused for the credential, ` +
    `at most ${FAILURES_ALLOWED} may fail in any other way, and at most ${REFRESHES_ALLOWED} refreshes may be spent on it before it is given up. An answer starts the count anew.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    // Of what is still under way when the run ends, nobody knows what would have become.
    const attempts = attemptsOf(ledger).filter(({ end }) => end !== null);
    const failed = attempts.filter((attempt) => !succeeded(attempt)).length;
    if (failed === 0)
      return {
        verdict: 'inconclusive',
        message: 'No request was refused or failed, so there was nothing to retry.',
      };
    const refreshes = refreshesOf(ledger).filter(({ delivered }) => delivered);
    const instances = [...Map.groupBy(attempts, logicalKey).values()].flatMap((sends) =>
      unbounded(sends, refreshes),
    );
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: `${counted(failed, 'failed request')}, none repeated without bound.` };
  },
} satisfies Check;

const logicalKey = (attempt: Attempt) =>
  `${ownerOf(attempt)} ${attempt.opened.endpoint === 'token' ? attempt.opened.token : ''} ${contentOf(attempt)}`;

// One instance for each unbroken row of failures: the moment at which it first passes a bound.
function unbounded(sends: readonly Attempt[], refreshes: readonly Refresh[]): Instance[] {
  const found: Instance[] = [];
  let row: Attempt[] = [];
  let isReported = false;
  for (const attempt of sends) {
    row = succeeded(attempt) ? [] : row.filter(({ opened }) => attempt.opened.at - opened.at < WITHIN_MS);
    if (row.length === 0) isReported = false;
    if (succeeded(attempt)) continue;
    // What was reported is not gone through again.
    row = isReported ? [attempt] : [...row, attempt];
    if (isReported || !isPastBounds(row, refreshes)) continue;
    isReported = true;
    found.push(instance(row, attempt));
  }
  return found;
}

function isPastBounds(row: readonly Attempt[], refreshes: readonly Refresh[]): boolean {
  const refused = row.filter(isRefused).filter((attempt) => !isDisguised(attempt));
  const callers = callersOf(row);
  if (refused.length > REFUSALS_ALLOWED * callers || row.length - refused.length > FAILURES_ALLOWED * callers)
    return true;
  return refreshesInARow(refused, refreshes) >= REFRESHES_ALLOWED;
}

// Who wants the same thing at the same moment does not count the other's sends: the most that were under way at once.
function callersOf(row: readonly Attempt[]): number {
  const openAt = (seq: number) =>
    row.filter(({ opened, end }) => opened.seq <= seq && (end?.seq ?? Number.POSITIVE_INFINITY) > seq).length;
  return Math.max(...row.map(({ opened }) => openAt(opened.seq)));
}

// How many refreshes in a row brought new tokens and no answer: the most gaps between refusals, one after the other, that
// hold one. A refusal after a pause, met with the token that is there, begins anew.
function refreshesInARow(refused: readonly Refused[], refreshes: readonly Refresh[]): number {
  let most = 0;
  let inARow = 0;
  refused.forEach((attempt, index) => {
    const before = refused[index - 1];
    const isTried = before !== undefined && isRefreshedBetween(before, attempt, refreshes);
    inARow = isTried ? inARow + 1 : 0;
    most = Math.max(most, inARow);
  });
  return most;
}

function isRefreshedBetween(before: Refused, attempt: Refused, refreshes: readonly Refresh[]): boolean {
  if (attempt.opened.endpoint === 'token') return false;
  return refreshes.some(
    ({ account, attempt: { opened } }) =>
      account === attempt.opened.account && opened.seq > before.end.seq && opened.seq < attempt.opened.seq,
  );
}

function instance(row: readonly Attempt[], last: Attempt): Instance {
  const [first = last] = row;
  const between = `between ${formatMoment(first.opened.at)} and ${formatMoment(last.opened.at)}`;
  return {
    atMs: last.opened.at,
    message: `The same \`${first.opened.route}\` request to ${ownerOf(first)} failed ${row.length} times ${between} and went on. It should have been given up or healed.`,
    evidence: row.map(({ opened }) => opened.seq),
  };
}
