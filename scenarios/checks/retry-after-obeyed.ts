// A service that says when to come back means it: who comes earlier is counted again, and waits longer.

import type { Check } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Answered, type Attempt, attemptsOf, isAnswered, ownerOf } from './attempts.ts';
import { counted, failure } from './instances.ts';

const fix =
  'Keep the moment where every process finds it, and look before sending: `if (now < notBeforeMs) throw new RateLimited(notBeforeMs - now)`.';

export default {
  id: 'retry-after-obeyed',
  title: 'Nothing is sent to a limited endpoint before its time',
  category: 'herd',
  loses: 'other',
  why: 'Retry-After was ignored, and the limit never ended (RFC 9110 section 10.2.3): a 429 that is answered at once with the next request burns a budget that others share.',
  judged:
    'After an answer with Retry-After the account’s next request to the same route, be it the token endpoint or a resource, whatever it asks ' +
    'for there, must not be sent before that time, by any process of the subject. Requests that were on their way do not count.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const attempts = attemptsOf(ledger);
    const limited = attempts
      .filter(isAnswered)
      .filter(({ end }) => end.retryAfterMs !== null && end.status >= 400);
    if (limited.length === 0)
      return { verdict: 'inconclusive', message: 'No answer said when to come back.' };
    const byDoor = Map.groupBy(attempts, doorOf);
    const instances = limited.flatMap((answer) => {
      const early = (byDoor.get(doorOf(answer)) ?? []).find((later) => isEarly(later, answer));
      if (early === undefined) return [];
      const { at, retryAfterMs } = answer.end;
      const message = `At ${formatMoment(at)} ${ownerOf(answer)} was told to come back after ${(retryAfterMs ?? 0) / 1000} s, and \`${answer.opened.route}\` was asked again at ${formatMoment(early.opened.at)}. It should have been left alone until ${formatMoment(at + (retryAfterMs ?? 0))}.`;
      return [{ atMs: early.opened.at, message, evidence: [answer.end.seq, early.opened.seq] }];
    });
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(limited.length, 'answer')} said when to come back, and nobody came earlier.`,
    };
  },
} satisfies Check;

/** What is limited: a route, for an account. */
const doorOf = (attempt: Attempt) => `${ownerOf(attempt)} ${attempt.opened.service} ${attempt.opened.route}`;

const isEarly = ({ opened }: Attempt, { end }: Answered) =>
  opened.at > end.at && opened.at < end.at + (end.retryAfterMs ?? 0);
