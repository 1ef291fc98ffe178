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
  const attempts = attemptsOf(ledger);
  const accounts = new Set(
    attempts.map(({ opened }) => opened.account).filter((account) => account !== null),
  );
  return [...accounts].flatMap((account) => {
    const own = attempts.filter(({ opened }) => opened.account === account);
    const terminal = own.filter(isRefused).filter(({ end }) => endsGrant(end.truth));
    const atTokenEndpoint = terminal.filter(({ opened }) => opened.endpoint === 'token');
    // A subject that never asked for a refresh has the resource server's word only.
    const deaths = atTokenEndpoint.length > 0 ? atTokenEndpoint : terminal;
    return windows(ledger, account, deaths).map(({ refusal, untilSeq }) => ({
      account,
      refusal,
      knocks: own.filter(
        (attempt) =>
          attempt.opened.seq < untilSeq &&
          knewTheAnswer(attempt, refusal) &&
          isKnock(ledger, attempt, refusal),
      ),
    }));
  });
}

// A missing scope bars some routes; the grant itself lives on.
const endsGrant = (truth: Refusal) => truth !== 'scope-missing' && isTerminalForGrant(truth);

// A window lasts from a terminal refusal until the account has new tokens, by whatever way.
function windows(ledger: Ledger, account: string, deaths: readonly Refused[]) {
  const renewals = entriesOf(ledger, 'token.minted').filter((minted) => minted.account === account);
  const found: { refusal: Refused; untilSeq: number }[] = [];
  for (const refusal of deaths) {
    if (refusal.end.seq < (found.at(-1)?.untilSeq ?? 0)) continue;
    const renewal = renewals.find(({ seq }) => seq > refusal.end.seq);
    found.push({ refusal, untilSeq: renewal?.seq ?? Number.POSITIVE_INFINITY });
  }
  return found;
}

function isKnock(ledger: Ledger, attempt: Attempt, refusal: Refused): boolean {
  if (attempt.opened.endpoint === 'resource') return isRefused(attempt);
  if (attempt.opened.endpoint !== 'token') return false;
  return refusal.opened.endpoint !== 'token' || !isNewer(ledger, attempt.opened.token, refusal.opened.token);
}

function isNewer(ledger: Ledger, token: string | null, than: string | null): boolean {
  const mintedAt = (id: string | null) =>
    entriesOf(ledger, 'token.minted').find((minted) => minted.token === id)?.seq ?? 0;
  return mintedAt(token) > mintedAt(than);
}

/** Whether the last that is known of an account is that its grant is dead or barred, by the service or by a refusal. */
export function needsReauthorization(ledger: Ledger, account: string): boolean {
  const refused = attemptsOf(ledger)
    .filter(isRefused)
    .filter(({ opened, end }) => opened.account === account && REFUSALS[end.truth].remedy !== 'refresh');
  const revoked = ledger.entries.filter(
    (entry) => entry.kind === 'token.revoked' && entry.account === account && isTerminalForGrant(entry.truth),
  );
  const lastTrouble = Math.max(0, ...refused.map(({ end }) => end.seq), ...revoked.map(({ seq }) => seq));
  const lastRenewal = Math.max(
    0,
    ...refreshesOf(ledger)
      .filter((refresh) => refresh.account === account && refresh.access !== null)
      .map(({ access }) => access?.minted.seq ?? 0),
  );
  return lastTrouble > lastRenewal;
}
