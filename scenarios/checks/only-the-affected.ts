// One grant dies, or one service is in trouble. Everybody else’s day goes on as if nothing had happened.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { REFUSALS } from '../../mocks/index.ts';
import { type AccountCall, accountCalls, wasHeard } from './account-calls.ts';
import { type Attempt, attemptsOf, isRefusal, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { presenceOf } from './presence.ts';

/** A call that nothing hinders is answered within this time. */
const ANSWERED_WITHIN_MS = 30_000;

const fix =
  'Keep the state of each grant apart: a refusal marks its own account, `accounts.get(id).dead = reason`, and nothing that others look at.';

export default {
  id: 'only-the-affected',
  title: 'Accounts, services and tasks that are not affected go on',
  category: 'identity',
  loses: 'data',
  why: 'When one user revokes, one service is down or one secret is wrong, the others have nothing to do with it: a broker that stops for all of them makes an outage of a single consent.',
  judged:
    'An account is affected once one of its tokens is ended or refused for more than its age, or a fault, a gate or an act meets it. From then on ' +
    `calls to all other accounts must be answered well within ${ANSWERED_WITHIN_MS / 1000} s, unless the service itself refused them, or the replica was gone.`,
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const affected = affectedOf(ledger);
    const [first] = affected.values();
    const presence = presenceOf(ledger);
    const calls = accountCalls(ledger).filter((call) => wasHeard(call, presence));
    const others = calls.filter(
      ({ account, sent }) => !affected.has(account) && sent.seq > (first?.seq ?? Number.POSITIVE_INFINITY),
    );
    if (first === undefined || others.length === 0) {
      const message =
        first === undefined
          ? 'No account was affected by anything.'
          : 'While an account was affected no other one was called.';
      return { verdict: 'inconclusive', message };
    }
    const own = Map.groupBy(attemptsOf(ledger), ({ opened }) => opened.account ?? opened.meantFor);
    const instances = others.flatMap((call) =>
      stopped(ledger, call, own.get(call.account) ?? [], [...affected]),
    );
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(others.length, 'call')} to accounts that were not affected went on.`,
    };
  },
} satisfies Check;

interface Met {
  readonly seq: number;
  readonly at: number;
}

// When each account was first met by something that is not of its everyday life.
function affectedOf(ledger: Ledger): Map<string, Met> {
  const affected = new Map<string, Met>();
  const meet = (account: string | null, { seq, at }: Met) => {
    if (account !== null && !affected.has(account)) affected.set(account, { seq, at });
  };
  const accountOf = new Map<string, string | null>();
  for (const entry of ledger.entries) {
    switch (entry.kind) {
      case 'exchange.opened':
        accountOf.set(entry.exchange, entry.account ?? entry.meantFor);
        break;
      case 'exchange.answered':
        if (isRefusal(entry.truth) && REFUSALS[entry.truth].remedy !== 'refresh') meet(entry.account, entry);
        break;
      case 'exchange.lost':
        meet(entry.account, entry);
        break;
      case 'fault.applied':
      case 'gate.held':
        meet(accountOf.get(entry.exchange) ?? null, entry);
        break;
      case 'token.revoked':
      case 'token.evicted':
      case 'act':
        meet(entry.account, entry);
        break;
    }
  }
  return affected;
}

function stopped(
  ledger: Ledger,
  call: AccountCall,
  own: readonly Attempt[],
  affected: readonly (readonly [string, Met])[],
): Instance[] {
  const { account, sent, returned, ok, code } = call;
  const tookMs = (returned?.at ?? ledger.entries.at(-1)?.at ?? 0) - sent.at;
  if (ok && tookMs <= ANSWERED_WITHIN_MS) return [];
  if (returned === null && tookMs <= ANSWERED_WITHIN_MS) return [];
  const isUpstream = own.some(
    (attempt) =>
      attempt.opened.seq > sent.seq &&
      attempt.opened.seq < (returned?.seq ?? Number.POSITIVE_INFINITY) &&
      !succeeded(attempt) &&
      attempt.end !== null,
  );
  const [blamed, met] = affected.findLast(([, { seq }]) => seq < sent.seq) ?? [];
  if (isUpstream || met === undefined) return [];
  const how =
    returned === null || tookMs > ANSWERED_WITHIN_MS
      ? `was not answered within ${ANSWERED_WITHIN_MS / 1000} s`
      : `failed (${code ?? returned.failure ?? `status ${returned.status}`})`;
  const message = `A call to ${account} at ${formatMoment(sent.at)} ${how}, though nothing was the matter with it: only ${blamed} was met by something, at ${formatMoment(met.at)}. It should have gone on.`;
  return [{ atMs: sent.at, message, evidence: [met.seq, sent.seq] }];
}
