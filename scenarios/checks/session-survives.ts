// After the story the grant must still work: what the subject loses by its own conduct, no refresh brings back.

import type { Check } from '../../harness/check.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { attemptsOf, isAnswered, isRefused } from './attempts.ts';
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
    'itself, or when its last refresh was refused because it holds a spent token. What the service or its users end is ' +
    'not the subject’s loss. An answer lost on its way at a service without grace makes the check not applicable.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const refreshes = refreshesOf(ledger);
    if (refreshes.length === 0)
      return { verdict: 'inconclusive', message: 'The subject never refreshed, so no session was at risk.' };
    const lost = sessionsLost(ledger);
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

function sessionsLost(ledger: Ledger): LostSession[] {
  const killed = entriesOf(ledger, 'token.revoked').flatMap(
    ({ at, seq, account, token, truth }): LostSession[] => {
      const cause = SELF_INFLICTED.get(truth);
      if (cause === undefined || !isRefreshToken(ledger, token)) return [];
      const message = `The session of ${account} ended at ${formatMoment(at)} because ${cause}. It should have lived on.`;
      return [{ account, atMs: at, message, evidence: [seq] }];
    },
  );
  const dead = new Set(killed.map(({ account }) => account));
  return [...killed, ...strandedWithSpentTokens(ledger).filter(({ account }) => !dead.has(account))];
}

const SELF_INFLICTED: ReadonlyMap<string, string> = new Map<string, string>([
  ['reused', 'a spent refresh token was presented'],
  ['revoked-by-client', 'the subject revoked it'],
]);

const isRefreshToken = (ledger: Ledger, token: string) =>
  entriesOf(ledger, 'token.minted').some(
    (minted) => minted.token === token && minted.tokenKind === 'refresh',
  );

// The server would still honour the newest token, but the subject does not have it.
function strandedWithSpentTokens(ledger: Ledger): LostSession[] {
  const exchanges = attemptsOf(ledger).filter(
    ({ opened }) => opened.endpoint === 'token' && opened.account !== null,
  );
  const last = new Map(
    exchanges.filter(isAnswered).map((attempt) => [attempt.opened.account ?? '', attempt]),
  );
  return [...last].flatMap(([account, attempt]) => {
    if (!isRefused(attempt) || attempt.end.truth !== 'rotated') return [];
    const { at, seq } = attempt.end;
    const message = `From ${formatMoment(at)} on the subject held only a spent refresh token of ${account}: its last refresh was refused. The successor should have been kept.`;
    return [{ account, atMs: at, message, evidence: [seq] }];
  });
}

// A rotation whose answer never arrived leaves a subject with nothing but the spent token.
function isExcused(ledger: Ledger): (refresh: ReturnType<typeof refreshesOf>[number]) => boolean {
  const strict = new Set(
    ledger.world.accounts.filter(({ rotates, graceMs }) => rotates && graceMs === 0).map(({ id }) => id),
  );
  return ({ account, access, delivered }) => strict.has(account) && access !== null && !delivered;
}
