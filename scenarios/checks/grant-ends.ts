// The ends of grants that a subject had to learn of: its refresh was refused for good, or the service itself told it.

import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { isTerminalForGrant, type Refusal } from '../../mocks/index.ts';
import {
  type Answered,
  type Attempt,
  attemptsOf,
  isAnswered,
  isRefused,
  type Refused,
  succeeded,
} from './attempts.ts';
import { reconnections, resumptions } from './consents.ts';

/** Where a subject first learnt that a grant is over, and where the next grant begins. */
export interface GrantEnd {
  readonly account: string;
  readonly service: string;
  readonly learntBy: 'refusal' | 'message';
  readonly at: number;
  readonly seq: number;
  readonly truth: Refusal;
  readonly untilSeq: number;
}

/** All of them; a refusal that a later refresh of the same grant contradicts was a lost race, not an end. */
export function grantEnds(ledger: Ledger): readonly GrantEnd[] {
  const consents = [...reconnections(ledger), ...resumptions(ledger)];
  const exchanges = Map.groupBy(
    attemptsOf(ledger)
      .filter(isAnswered)
      .filter(({ opened }) => opened.endpoint === 'token'),
    ({ opened }) => opened.account,
  );
  return ledger.world.accounts.flatMap(({ id: account, service }) => {
    const begins = [0, ...consents.filter((consent) => consent.account === account).map(({ seq }) => seq)];
    return begins.flatMap((fromSeq, index) => {
      const untilSeq = begins[index + 1] ?? Number.POSITIVE_INFINITY;
      const lasts = { account, fromSeq, untilSeq };
      const [first] = [
        ...refusalOf(exchanges.get(account) ?? [], lasts),
        ...takenMessages(ledger, lasts),
      ].sort((a, b) => a.seq - b.seq);
      return first === undefined ? [] : [{ account, service, ...first, untilSeq }];
    });
  });
}

/** One grant of an account, from its consent to the next. */
interface Lasts extends Pick<GrantEnd, 'account' | 'untilSeq'> {
  readonly fromSeq: number;
}

type Learnt = Pick<GrantEnd, 'learntBy' | 'at' | 'seq' | 'truth'>;

function refusalOf(own: readonly Answered[], { fromSeq, untilSeq }: Lasts): readonly Learnt[] {
  const exchanges = own.filter(({ end }) => end.seq > fromSeq && end.seq < untilSeq);
  const refusal = exchanges
    .filter(isRefused)
    .find((each) => isTerminalForGrant(each.end.truth) && !isLostRace(each, exchanges));
  if (refusal === undefined) return [];
  const { at, seq, truth } = refusal.end;
  const goesOn = exchanges.some((attempt) => succeeded(attempt) && attempt.end.seq > seq);
  return goesOn ? [] : [{ learntBy: 'refusal', at, seq, truth }];
}

// Whoever presents what another has exchanged with success finds the successor in the store.
function isLostRace({ opened, end }: Refused, exchanges: readonly Attempt[]): boolean {
  return (
    end.truth === 'rotated' &&
    exchanges.some((other) => succeeded(other) && other.opened.token === opened.token)
  );
}

// Whoever takes a service’s message has learnt what it says. Not every message is of the end of a grant.
function takenMessages(ledger: Ledger, { account, fromSeq, untilSeq }: Lasts): readonly Learnt[] {
  const taken = new Set(
    entriesOf(ledger, 'webhook.answered').flatMap(({ delivery, status }) =>
      status !== null && status < 300 ? [delivery] : [],
    ),
  );
  const revocations = entriesOf(ledger, 'token.revoked').filter(
    (entry) => entry.account === account && isTerminalForGrant(entry.truth),
  );
  return entriesOf(ledger, 'webhook.sent').flatMap(({ delivery, account: named, forged, at, seq }) => {
    const revoked = revocations.findLast((each) => each.seq > fromSeq && each.seq < seq);
    const counts = named === account && forged !== true && taken.has(delivery) && seq < untilSeq;
    return counts && revoked !== undefined ? [{ learntBy: 'message', at, seq, truth: revoked.truth }] : [];
  });
}

/** Where a service told of an account, whether or not anybody listened. */
export const newsOf = (ledger: Ledger, account: string): readonly number[] =>
  entriesOf(ledger, 'webhook.sent')
    .filter((entry) => entry.account === account && entry.forged !== true)
    .map(({ seq }) => seq);
