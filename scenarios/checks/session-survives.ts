// After the story the grant must still work: what the subject loses by its own conduct, no refresh brings back.

import type { Check, Run } from '../../harness/check.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { attemptsOf, inOrderOfAnswer, isAnswered } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { refreshesOf } from './refreshes.ts';

const fix =
  'Write the new refresh token to the store before the new access token is used, and let nobody but the one who refreshes write it.';

export default {
  id: 'session-survives',
  title: 'No living grant is lost through the subject’s own conduct',
  category: 'race',
  loses: 'session',
  why: 'The first exchange invalidates the old refresh token, the second presents it: the store is corrupt and every later call fails until a person signs in again.',
  judged:
    'It fails when a token family is revoked because a spent token came back, when the subject revokes a refresh token ' +
    'itself, or when it is refused with a spent token and that is its last refresh, or it asks for a reauthorization. ' +
    'What the service or its users end is not the subject’s loss. An answer lost on its way at a service without grace ' +
    'makes the check not applicable.',
  fix,
  kinds: ['agent', 'broker'],
  judge: (run) => {
    const { ledger } = run;
    const refreshes = refreshesOf(ledger);
    const lost = sessionsLost(run);
    if (refreshes.length === 0 && lost.length === 0)
      return { verdict: 'inconclusive', message: 'The subject never refreshed, so no session was at risk.' };
    const excused = new Set(refreshes.filter(isExcused(ledger)).map(({ account }) => account));
    const blamed = lost.filter(({ account }) => !excused.has(account));
    if (blamed.length > 0) return failure(blamed, fix);
    if (lost.length > 0) {
      const message =
        'The answer to a refresh was lost on its way, at a service that honours no old token: the session could not be kept.';
      return { verdict: 'not-applicable', message };
    }
    return {
      verdict: 'pass',
      message: `${counted(refreshes.length, 'refresh', 'refreshes')}, and no session was lost to them.`,
    };
  },
} satisfies Check;

interface LostSession extends Instance {
  readonly account: string;
}

function sessionsLost(run: Run): LostSession[] {
  const { ledger } = run;
  const killed = entriesOf(ledger, 'token.revoked').flatMap(
    ({ at, seq, account, token, truth }): LostSession[] => {
      const cause = SELF_INFLICTED.get(truth);
      if (cause === undefined || !isRefreshToken(ledger, token)) return [];
      const message = `The session of ${account} ended at ${formatMoment(at)} because ${cause}. It should have lived on.`;
      return [{ account, atMs: at, message, evidence: [seq] }];
    },
  );
  const dead = new Set(killed.map(({ account }) => account));
  return [...killed, ...abandoned(run).filter(({ account }) => !dead.has(account))];
}

const SELF_INFLICTED: ReadonlyMap<string, string> = new Map<string, string>([
  ['reused', 'a spent refresh token was presented'],
  ['revoked-by-client', 'the subject revoked it'],
]);

const isRefreshToken = (ledger: Ledger, token: string) =>
  entriesOf(ledger, 'token.minted').some(
    (minted) => minted.token === token && minted.tokenKind === 'refresh',
  );

// The server would still honour the newest token, but the subject lost it, or takes a lost race for the end of the grant.
function abandoned(run: Run): LostSession[] {
  const exchanges = attemptsOf(run.ledger).filter(({ opened }) => opened.endpoint === 'token');
  const byAccount = Map.groupBy(
    inOrderOfAnswer(exchanges.filter(isAnswered)),
    ({ opened }) => opened.account,
  );
  return [...byAccount].flatMap(([account, answers]): LostSession[] => {
    const refusal = answers.findLast(({ end }) => end.truth === 'rotated');
    if (account === null || refusal === undefined) return [];
    if (refusal !== answers.at(-1) && !asksForReauthorization(run, account)) return [];
    const { at, seq } = refusal.end;
    const message = `At ${formatMoment(at)} the subject presented a spent refresh token of ${account}, and gave up a session that was alive. It should have gone on with the successor.`;
    return [{ account, atMs: at, message, evidence: [seq] }];
  });
}

function asksForReauthorization({ claim, ledger }: Run, account: string): boolean {
  const claimed = (claim?.reauth ?? []).some((entry) => entry.account === account);
  const signals = entriesOf(ledger, 'event.received').map(({ event }) => JSON.stringify(event));
  return (
    claimed || signals.some((event) => event.includes('reauth_required') && event.includes(`"${account}"`))
  );
}

// A rotation whose answer never arrived leaves a subject with nothing but the spent token.
function isExcused(ledger: Ledger): (refresh: ReturnType<typeof refreshesOf>[number]) => boolean {
  const strict = new Set(
    ledger.world.accounts.filter(({ rotates, graceMs }) => rotates && graceMs === 0).map(({ id }) => id),
  );
  return ({ account, access, delivered }) => strict.has(account) && access !== null && !delivered;
}
