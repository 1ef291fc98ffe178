// A retry is not a refresh: the same request, sent again and again, meets the same refusal.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Attempt, attemptsOf, contentOf, isRefused, ownerOf, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { refreshesOf } from './refreshes.ts';

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
    `Of the same request at most ${REFUSALS_ALLOWED} sends within ${WITHIN_MS / 60_000} virtual minutes may be refused for the credential, ` +
    `at most ${FAILURES_ALLOWED} may fail in any other way, and at most ${REFRESHES_ALLOWED} refreshes may be spent on it before it is given up. An answer starts the count anew.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const attempts = attemptsOf(ledger);
    const failed = attempts.filter((attempt) => attempt.end !== null && !succeeded(attempt)).length;
    if (failed === 0)
      return {
        verdict: 'inconclusive',
        message: 'No request was refused or failed, so there was nothing to retry.',
      };
    const instances = [...Map.groupBy(attempts, logicalKey).values()].flatMap((sends) =>
      unbounded(sends, ledger),
    );
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: `${counted(failed, 'failed request')}, none repeated without bound.` };
  },
} satisfies Check;

const logicalKey = (attempt: Attempt) =>
  `${ownerOf(attempt)} ${attempt.opened.endpoint === 'token' ? attempt.opened.token : ''} ${contentOf(attempt)}`;

// The first moment at which a bound is passed; one instance for each unbroken row of failures.
function unbounded(sends: readonly Attempt[], ledger: Ledger): Instance[] {
  const found: Instance[] = [];
  let row: Attempt[] = [];
  let reported = false;
  for (const attempt of sends) {
    if (attempt.end === null || succeeded(attempt)) {
      row = [];
      reported = false;
      continue;
    }
    row = [...row.filter(({ opened }) => attempt.opened.at - opened.at < WITHIN_MS), attempt];
    if (row.length === 1) reported = false;
    if (reported || !isPastBounds(row, ledger)) continue;
    reported = true;
    found.push(instance(row));
  }
  return found;
}

function isPastBounds(row: readonly Attempt[], ledger: Ledger): boolean {
  const refused = row.filter(isRefused);
  if (refused.length > REFUSALS_ALLOWED || row.length - refused.length > FAILURES_ALLOWED) return true;
  if (refused.length <= REFRESHES_ALLOWED) return false;
  return refreshesBetween(refused, ledger) >= REFRESHES_ALLOWED;
}

// How many of the gaps between refusals hold a refresh that brought new tokens.
function refreshesBetween(refused: readonly Attempt[], ledger: Ledger): number {
  const delivered = refreshesOf(ledger).filter((refresh) => refresh.delivered);
  return refused.filter((attempt, index) => {
    const before = refused[index - 1];
    if (before === undefined || attempt.opened.endpoint === 'token') return false;
    return delivered.some(
      (refresh) =>
        refresh.account === attempt.opened.account &&
        refresh.attempt.opened.seq > (before.end?.seq ?? 0) &&
        refresh.attempt.opened.seq < attempt.opened.seq,
    );
  }).length;
}

function instance(row: readonly Attempt[]): Instance {
  const [first] = row;
  const last = row.at(-1);
  if (first === undefined || last === undefined) throw new Error('a row of failures is never empty');
  const between = `between ${formatMoment(first.opened.at)} and ${formatMoment(last.opened.at)}`;
  return {
    atMs: last.opened.at,
    message: `The same \`${first.opened.route}\` request to ${ownerOf(first)} failed ${row.length} times ${between} and went on. It should have been given up or healed.`,
    evidence: row.map(({ opened }) => opened.seq),
  };
}
