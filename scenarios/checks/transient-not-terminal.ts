// Trouble at the token endpoint passes. Whoever takes it for the end of the grant throws a living session away.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isJsonObject } from '../../mocks/http.ts';
import { isTerminalForGrant } from '../../mocks/index.ts';
import { accountCalls } from './account-calls.ts';
import { type Attempt, attemptsOf, isRefused, succeeded } from './attempts.ts';
import { newsOf } from './grant-ends.ts';
import { counted, failure, type Instance } from './instances.ts';
import { isHere, type Presence, presenceOf } from './presence.ts';
import { refreshesOf } from './refreshes.ts';
import { signalsOf } from './signals.ts';

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
    `that comes ${TRY_AGAIN_WITHIN_MS / 60_000} minutes after it and fails must have led to another attempt; and there must not be more than ` +
    `${ATTEMPTS_ALLOWED} attempts for an account within ${WITHIN_MS / 1000} s.`,
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const presence = presenceOf(ledger);
    const troubles = refreshesOf(ledger).filter(({ attempt }) => isTrouble(attempt, presence));
    if (troubles.length === 0)
      return { verdict: 'inconclusive', message: 'The token endpoint was never in trouble.' };
    const accounts = new Set(troubles.map(({ account }) => account));
    const instances = [...accounts].flatMap((account) => {
      const attempts = troubles
        .filter((trouble) => trouble.account === account)
        .map(({ attempt }) => attempt);
      return [
        ...takenForTheEnd(ledger, account, attempts),
        ...givenUp(ledger, account, attempts),
        ...hammered(account, attempts),
      ];
    });
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(troubles.length, 'refresh', 'refreshes')} met trouble, and no session ended for it.`,
    };
  },
} satisfies Check;

const OPERATORS: ReadonlySet<string> = new Set([
  'unknown-client',
  'wrong-secret',
  'rate-limited',
  'unavailable',
]);

function isTrouble({ end }: Attempt, presence: Presence): boolean {
  if (end === null) return false;
  // Whose process died has not lost an answer to the endpoint.
  if (end.kind === 'exchange.lost') return isHere(presence, end.party, end.at, end.at);
  if (end.truth === 'fault') return !saysInvalidGrant(end);
  return OPERATORS.has(end.truth);
}

// A fault that lies in the service’s own words cannot be told from the service.
const saysInvalidGrant = ({ status, body }: { status: number; body: unknown }) =>
  status < 500 && isJsonObject(body) && body.error === 'invalid_grant';

function takenForTheEnd(ledger: Ledger, account: string, troubles: readonly Attempt[]): Instance[] {
  const ends = attemptsOf(ledger)
    .filter(isRefused)
    .filter(({ opened, end }) => opened.account === account && isTerminalForGrant(end.truth))
    .map(({ end }) => end.seq);
  const told = newsOf(ledger, account);
  const lying = attemptsOf(ledger).flatMap(({ opened, end }) =>
    opened.account === account &&
    end?.kind === 'exchange.answered' &&
    end.truth === 'fault' &&
    saysInvalidGrant(end)
      ? [end.seq]
      : [],
  );
  const endSeq = Math.min(Number.POSITIVE_INFINITY, ...ends, ...told, ...lying);
  const trouble = (seq: number) => troubles.findLast(({ end }) => (end?.seq ?? 0) < seq);
  const asked = signalsOf(ledger)
    .filter((signal) => signal.type === 'reauth_required' && signal.account === account)
    .map(({ entry }) => ({ entry, what: 'a new consent was asked for' }));
  const refused = accountCalls(ledger).flatMap((call) =>
    call.account === account && call.code === 'REAUTH_REQUIRED' && call.returned !== null
      ? [{ entry: call.returned, what: 'a call was told that it needs a new consent' }]
      : [],
  );
  return [...asked, ...refused].flatMap(({ entry, what }) => {
    const before = trouble(entry.seq);
    if (before?.end == null || entry.seq > endSeq) return [];
    const message = `At ${formatMoment(entry.at)} ${what} for ${account}, after the token endpoint had trouble at ${formatMoment(before.end.at)}. The grant was alive, and the refresh should have been tried again.`;
    return [{ atMs: entry.at, message, evidence: [before.end.seq, entry.seq] }];
  });
}

function givenUp(ledger: Ledger, account: string, troubles: readonly Attempt[]): Instance[] {
  const last = troubles.at(-1)?.end;
  const own = refreshesOf(ledger).filter((refresh) => refresh.account === account);
  if (
    last == null ||
    own.some(
      ({ attempt }) => attempt.opened.seq > last.seq || (succeeded(attempt) && attempt.end.seq > last.seq),
    )
  )
    return [];
  const failed = accountCalls(ledger).find(
    (call) =>
      call.account === account &&
      call.sent.at >= last.at + TRY_AGAIN_WITHIN_MS &&
      call.returned !== null &&
      !call.ok,
  );
  if (failed === undefined) return [];
  const message = `The token endpoint had trouble at ${formatMoment(last.at)}, and ${account} was never refreshed again: a call at ${formatMoment(failed.sent.at)} failed. It should have been tried again.`;
  return [{ atMs: failed.sent.at, message, evidence: [last.seq, failed.sent.seq] }];
}

function hammered(account: string, troubles: readonly Attempt[]): Instance[] {
  return troubles.flatMap(({ opened }, index) => {
    const first = troubles[index - ATTEMPTS_ALLOWED]?.opened;
    if (first === undefined || opened.at - first.at > WITHIN_MS) return [];
    const message = `The token endpoint was asked ${ATTEMPTS_ALLOWED + 1} times for ${account} between ${formatMoment(first.at)} and ${formatMoment(opened.at)}, and had trouble each time. Each pause should have been longer than the one before.`;
    return [{ atMs: opened.at, message, evidence: [first.seq, opened.seq] }];
  });
}
