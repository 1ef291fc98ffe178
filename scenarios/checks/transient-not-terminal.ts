// Trouble at the token endpoint passes. Whoever takes it for the end of the grant throws a living session away.

import type { Check, Run } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isTerminalForGrant } from '../../mocks/index.ts';
import { accountCalls } from './account-calls.ts';
import {
  type Answered,
  type Attempt,
  attemptsOf,
  isAnswered,
  isRefusal,
  saysInvalidGrant,
  succeeded,
} from './attempts.ts';
import { givenUpAfter } from './given-up.ts';
import { newsOf } from './grant-ends.ts';
import { counted, failure, type Instance } from './instances.ts';
import { isHere, type Presence, presenceOf } from './presence.ts';
import { refreshesOf } from './refreshes.ts';
import { consentsAskedFor } from './signals.ts';

/** So soon after trouble a new attempt is due, once a call needs it. */
const TRY_AGAIN_WITHIN_MS = 120_000;
/** More attempts than this within the time below are no backoff. */
const ATTEMPTS_ALLOWED = 6;
const WITHIN_MS = 10_000;

const fix =
  'End a grant on one answer only: status 400 or 401 with `"error":"invalid_grant"` in JSON. Everything else is trouble: keep the tokens and try again with growing pauses.';

export default {
  id: 'transient-not-terminal',
  title: 'Trouble at the token endpoint neither ends a session nor is it hammered at',
  category: 'endOfLife',
  loses: 'session',
  why: 'A 429 was read as invalid_grant, and the session was deleted (decocms/studio#6122); an HTML page from a proxy is no word of the authorization server. A bad client secret is the operator’s fault, and no user can mend it.',
  judged:
    'Trouble is a refresh that was answered with a rate limit, an outage, a page, or a refusal of the client, or that was never answered. ' +
    'Before the service has truly refused the grant no reauthorization may be asked for and no call be told to need one; a call ' +
    `that comes ${TRY_AGAIN_WITHIN_MS / 60_000} minutes after it and fails must have led to another attempt, and an agent must not give an account up ` +
    `without one, unless it was the client that was refused; and there must not be more than ${ATTEMPTS_ALLOWED} attempts for an account within ${WITHIN_MS / 1000} s.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: (run) => {
    const { ledger } = run;
    const troubles = troublesOf(ledger);
    if (troubles.length === 0)
      return { verdict: 'inconclusive', message: 'The token endpoint was never in trouble.' };
    const byAccount = Map.groupBy(troubles, ({ account }) => account);
    const instances = [...byAccount].flatMap(([account, own]) => [
      ...takenForTheEnd(ledger, account, own),
      ...givenUp(run, account, own),
      ...hammered(account, own),
    ]);
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(troubles.length, 'refresh', 'refreshes')} met trouble, and no session ended for it.`,
    };
  },
} satisfies Check;

type End = NonNullable<Attempt['end']>;

/** A refresh that met trouble, and what it met. */
interface Trouble {
  readonly account: string;
  readonly opened: Attempt['opened'];
  readonly end: End;
}

function troublesOf(ledger: Ledger): readonly Trouble[] {
  const presence = presenceOf(ledger);
  return refreshesOf(ledger).flatMap(({ account, attempt: { opened, end } }) =>
    end !== null && isTrouble(end, presence) ? [{ account, opened, end }] : [],
  );
}

/** What no user and no other attempt can mend. */
const CLIENT_REFUSED: ReadonlySet<string> = new Set(['unknown-client', 'wrong-secret', 'wrong-client-auth']);
const TROUBLES: ReadonlySet<string> = new Set([
  ...CLIENT_REFUSED,
  'rate-limited',
  'too-early',
  'unavailable',
]);

function isTrouble(end: End, presence: Presence): boolean {
  // Whose process died has not lost an answer to the endpoint.
  if (end.kind === 'exchange.lost') return isHere(presence, end.party, end.at, end.at);
  if (end.truth === 'fault') return !saysInvalidGrant(end);
  return TROUBLES.has(end.truth);
}

function isTheEnd(end: Answered['end']): boolean {
  if (end.truth === 'fault') return saysInvalidGrant(end);
  return isRefusal(end.truth) && isTerminalForGrant(end.truth);
}

function takenForTheEnd(ledger: Ledger, account: string, troubles: readonly Trouble[]): Instance[] {
  const ends = attemptsOf(ledger)
    .filter(isAnswered)
    .filter(({ opened, end }) => opened.account === account && isTheEnd(end))
    .map(({ end }) => end.seq);
  const endSeq = Math.min(Number.POSITIVE_INFINITY, ...ends, ...newsOf(ledger, account));
  const asked = consentsAskedFor(ledger, account).map((entry) => ({
    entry,
    what: 'a new consent was asked for',
  }));
  const refused = accountCalls(ledger)
    .filter((call) => call.account === account && call.code === 'REAUTH_REQUIRED')
    .flatMap(({ returned }) => returned ?? [])
    .map((entry) => ({ entry, what: 'a call was told that it needs a new consent' }));
  return [...asked, ...refused].flatMap(({ entry, what }) => {
    const before = troubles.findLast(({ end }) => end.seq < entry.seq)?.end;
    if (before === undefined || entry.seq > endSeq) return [];
    const message = `At ${formatMoment(entry.at)} ${what} for ${account}, after the token endpoint had trouble at ${formatMoment(before.at)}. The grant was alive, and the refresh should have been tried again.`;
    return [{ atMs: entry.at, message, evidence: [before.seq, entry.seq] }];
  });
}

function givenUp(run: Run, account: string, troubles: readonly Trouble[]): Instance[] {
  return troubles.slice(-1).flatMap(({ end: last }) => {
    const goesOn = refreshesOf(run.ledger).some(
      ({ account: of, attempt }) =>
        of === account &&
        (attempt.opened.seq > last.seq || (succeeded(attempt) && attempt.end.seq > last.seq)),
    );
    // An agent may leave it to its operator for the night.
    if (goesOn || (run.kind === 'agent' && CLIENT_REFUSED.has(last.truth))) return [];
    const failed = givenUpAfter(run, account, { seq: last.seq, atMs: last.at + TRY_AGAIN_WITHIN_MS });
    if (failed === undefined) return [];
    const message = `The token endpoint had trouble at ${formatMoment(last.at)}, and ${account} was never refreshed again: ${failed.what}. It should have been tried again.`;
    return [{ atMs: failed.atMs, message, evidence: [last.seq, failed.seq] }];
  });
}

function hammered(account: string, troubles: readonly Trouble[]): Instance[] {
  return troubles.flatMap(({ opened }, index) => {
    const first = troubles[index - ATTEMPTS_ALLOWED]?.opened;
    if (first === undefined || opened.at - first.at > WITHIN_MS) return [];
    const message = `The token endpoint was asked ${ATTEMPTS_ALLOWED + 1} times for ${account} between ${formatMoment(first.at)} and ${formatMoment(opened.at)}, and had trouble each time. Each pause should have been longer than the one before.`;
    return [{ atMs: opened.at, message, evidence: [first.seq, opened.seq] }];
  });
}
