// Grants that were refused for good, and how often the subject knocked again afterwards.

import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { isTerminalForGrant, REFUSALS, type Refusal } from '../../mocks/index.ts';
import { type Attempt, attemptsOf, isRefused, knewTheAnswer, type Refused } from './attempts.ts';
import { refreshesOf } from './refreshes.ts';

/** A terminal refusal and what the subject still sent for this account before it had a new grant. */
export interface TerminalRefusal {
  readonly account: string;
  readonly refusal: Refused;
  /** Refreshes with the same or an older refresh token, and calls that were refused, sent with the refusal in hand. */
  readonly knocks: readonly Attempt[];
}

/** The first terminal refusal of each dead grant. */
export function terminalRefusals(ledger: Ledger): TerminalRefusal[] {
  const mints = entriesOf(ledger, 'token.minted');
  const mintedSeq = new Map<string | null, number>(mints.map(({ token, seq }) => [token, seq]));
  const isNewer = (token: string | null, than: string | null) =>
    (mintedSeq.get(token) ?? 0) > (mintedSeq.get(than) ?? 0);
  return [...Map.groupBy(attemptsOf(ledger), ({ opened }) => opened.account)].flatMap(([account, own]) => {
    if (account === null) return [];
    const terminal = own.filter(isRefused).filter(({ end }) => endsGrant(end.truth));
    const atTokenEndpoint = terminal.filter(({ opened }) => opened.endpoint === 'token');
    // A subject that never asked for a refresh has the resource server's word only.
    const deaths = atTokenEndpoint.length > 0 ? atTokenEndpoint : terminal;
    const renewals = mints.filter((minted) => minted.account === account).map(({ seq }) => seq);
    return windows(deaths, renewals).map(({ refusal, untilSeq }) => {
      const isKnock = (attempt: Attempt) =>
        attempt.opened.endpoint === 'token'
          ? refusal.opened.endpoint !== 'token' || !isNewer(attempt.opened.token, refusal.opened.token)
          : attempt.opened.endpoint === 'resource' && isRefused(attempt);
      const knew = own.filter((attempt) => attempt.opened.seq < untilSeq && knewTheAnswer(attempt, refusal));
      return { account, refusal, knocks: knew.filter(isKnock) };
    });
  });
}

// A missing scope bars some routes; the grant itself lives on.
const endsGrant = (truth: Refusal) => truth !== 'scope-missing' && isTerminalForGrant(truth);

// A window lasts from a terminal refusal until the account has new tokens, by whatever way.
function windows(deaths: readonly Refused[], renewalSeqs: readonly number[]) {
  const found: { refusal: Refused; untilSeq: number }[] = [];
  for (const refusal of deaths) {
    if (refusal.end.seq < (found.at(-1)?.untilSeq ?? 0)) continue;
    const renewal = renewalSeqs.find((seq) => seq > refusal.end.seq);
    found.push({ refusal, untilSeq: renewal ?? Number.POSITIVE_INFINITY });
  }
  return found;
}

/** Whether the last that is known of an account is that its grant is dead or barred, by the service or by a refusal. */
export function needsReauthorization(ledger: Ledger, account: string): boolean {
  const refused = attemptsOf(ledger)
    .filter(isRefused)
    .filter(({ opened, end }) => opened.account === account && REFUSALS[end.truth].remedy !== 'refresh')
    .map(({ end }) => end.seq);
  const revoked = entriesOf(ledger, 'token.revoked')
    .filter((entry) => entry.account === account && isTerminalForGrant(entry.truth))
    .map(({ seq }) => seq);
  const renewed = refreshesOf(ledger)
    .filter((refresh) => refresh.account === account)
    .flatMap(({ access }) => access?.minted.seq ?? []);
  return Math.max(0, ...refused, ...revoked) > Math.max(0, ...renewed);
}
