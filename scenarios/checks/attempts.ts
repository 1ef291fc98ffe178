// One request of the subject and what became of it, put together from the ledger's entries.

import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, oncePerLedger } from '../../harness/ledger.ts';
import { isJsonObject } from '../../mocks/http.ts';
import { isAuthFailure, type Refusal } from '../../mocks/index.ts';

/** A request and its end. */
export interface Attempt {
  readonly opened: EntryOf<'exchange.opened'>;
  /** Null when the run ended first. */
  readonly end: EntryOf<'exchange.answered'> | EntryOf<'exchange.lost'> | null;
}

/** An attempt whose answer arrived. */
export interface Answered extends Attempt {
  readonly end: EntryOf<'exchange.answered'>;
}

/** An attempt whose answer, whatever it said, was in truth a refusal of the credential. */
export interface Refused extends Answered {
  readonly end: EntryOf<'exchange.answered'> & { readonly truth: Refusal };
}

/** All requests of a run in the order in which they were admitted. */
export const attemptsOf = oncePerLedger((ledger): readonly Attempt[] => {
  const ends = new Map<string, Attempt['end']>();
  for (const entry of ledger.entries) {
    if (entry.kind === 'exchange.answered' || entry.kind === 'exchange.lost') ends.set(entry.exchange, entry);
  }
  return entriesOf(ledger, 'exchange.opened').map((opened) => ({
    opened,
    end: ends.get(opened.exchange) ?? null,
  }));
});

/** Whether an answer arrived. */
export function isAnswered(attempt: Attempt): attempt is Answered {
  return attempt.end?.kind === 'exchange.answered';
}

/** Whether an answer arrived and the service had truly done what was asked. */
export function succeeded(attempt: Attempt): attempt is Answered {
  return isAnswered(attempt) && attempt.end.truth === 'ok';
}

/** The answers that told something: those of resource servers that had truly done what was asked. */
export const tellingAnswers = oncePerLedger((ledger): readonly Answered[] =>
  attemptsOf(ledger)
    .filter(succeeded)
    .filter(({ opened }) => opened.endpoint === 'resource'),
);

/** Whether an answer arrived and was in truth a refusal of the credential. */
export function isRefused(attempt: Attempt): attempt is Refused {
  return isAnswered(attempt) && isRefusal(attempt.end.truth) && isAuthFailure(attempt.end.truth);
}

/** Whether an answer says, in the words of RFC 6749, that the grant is over: whatever the truth, nobody can know better. */
export function saysInvalidGrant({ status, body }: Answered['end']): boolean {
  return status < 500 && isJsonObject(body) && body.error === 'invalid_grant';
}

/** Whether the words of a refusal speak of anything but a refusal: a page for people, or a redirect to one. */
export function isDisguised({ end: { status, body } }: Refused): boolean {
  return status < 400 && (body === null || typeof body === 'string');
}

/** The same answers, the first that arrived first. */
export function inOrderOfAnswer<A extends Answered>(answers: readonly A[]): A[] {
  return [...answers].sort((a, b) => a.end.seq - b.end.seq);
}

/** Whether a truth is a reason for refusing. */
export function isRefusal(truth: Refusal | 'ok' | 'fault'): truth is Refusal {
  return truth !== 'ok' && truth !== 'fault';
}

/** Whom an attempt concerns: the account whose token came along, the one it was meant for, or at least the service. */
export function ownerOf({ opened }: Attempt): string {
  return opened.account ?? opened.meantFor ?? opened.service;
}

/** The same text for requests that ask for the same thing in the same words. */
export function contentOf({ opened }: Attempt): string {
  return JSON.stringify([opened.service, opened.method, opened.path, opened.query, opened.body]);
}

/**
 * Whether the sender of `later` had the answer to `earlier` in hand. Of two requests at the same virtual moment as an
 * answer only a repetition of the answered one is surely a reaction to it: others may have been on their way.
 */
export function knewTheAnswer(later: Attempt, earlier: Answered): boolean {
  if (later.opened.seq < earlier.end.seq) return false;
  if (later.opened.at > earlier.end.at) return true;
  return later.opened.at > earlier.opened.at && contentOf(later) === contentOf(earlier);
}
