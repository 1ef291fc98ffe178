// Where refresh tokens rotate, the one that was used is spent: its successor is the one to present next.

import type { Check } from '../../harness/check.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Attempt, knewTheAnswer, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { graceMsOf, refreshesOf } from './refreshes.ts';

const fix =
  'Store what every token answer brings before using it: `refreshToken = answer.refresh_token ?? refreshToken`.';

export default {
  id: 'no-spent-token',
  title: 'A refresh token is not presented again once its successor arrived',
  category: 'race',
  loses: 'session',
  why: 'With rotation the previous refresh token is invalidated; its return is taken for theft and may end the session (RFC 9700 section 4.14.2).',
  judged:
    'A refresh token that was exchanged must not be presented again by a party that received the answer with its ' +
    'successor. Inside the service’s grace it may, and once after an answer that was lost on its way.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const rotating = ledger.world.accounts.filter(({ rotates }) => rotates);
    if (rotating.length === 0)
      return { verdict: 'not-applicable', message: 'No service of this world rotates refresh tokens.' };
    const rotations = entriesOf(ledger, 'token.rotated').length;
    if (rotations === 0) return { verdict: 'inconclusive', message: 'No refresh token was rotated.' };
    const instances = spentTokensSent(ledger);
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: `${counted(rotations, 'rotation')}, and no spent token came back.` };
  },
} satisfies Check;

function spentTokensSent(ledger: Ledger): Instance[] {
  const refreshes = refreshesOf(ledger);
  const presentations = Map.groupBy(refreshes, ({ presented }) => presented);
  const rotations = new Map(entriesOf(ledger, 'token.rotated').map((entry) => [entry.exchange, entry]));
  return refreshes.flatMap((first) => {
    const rotated = rotations.get(first.attempt.opened.exchange);
    if (rotated === undefined) return [];
    const graceEndsMs = rotated.at + graceMsOf(ledger, first.account);
    const again = (presentations.get(first.presented) ?? []).filter(
      (other) =>
        other.attempt.opened.party === first.attempt.opened.party &&
        other.attempt.opened.at >= graceEndsMs &&
        comesAfter(other.attempt, first.attempt),
    );
    const allowed = succeeded(first.attempt) ? 0 : 1;
    return again.slice(allowed).map(({ attempt, account }): Instance => {
      const { at, seq } = attempt.opened;
      const message = `At ${formatMoment(at)} a refresh token of ${account} was presented that had been exchanged at ${formatMoment(rotated.at)}. Its successor should have been kept and presented.`;
      return { atMs: at, message, evidence: [rotated.seq, seq] };
    });
  });
}

// With the answer in hand; or, where none came, once the exchange was known to be lost.
function comesAfter(later: Attempt, earlier: Attempt): boolean {
  if (succeeded(earlier)) return knewTheAnswer(later, earlier);
  return earlier.end !== null && later.opened.seq > earlier.end.seq;
}
