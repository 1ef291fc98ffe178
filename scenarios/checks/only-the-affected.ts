// One grant dies, or one service is in trouble. Everybody else’s day goes on as if nothing had happened.

import type { Check } from '../../harness/check.ts';
import type { Entry, EntryOf } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { REFUSALS } from '../../mocks/index.ts';
import { type AccountCall, accountCalls, wasHeard } from './account-calls.ts';
import { attemptsOf, isRefusal } from './attempts.ts';
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
  notFor: {
    agent:
      'What an agent does for one account may hang on what it read at another, and only the agent knows: one that stops where it cannot go on is right. What it leaves undone it has to name, which no-silent-skip and claims-true judge.',
  },
  judge: ({ ledger }) => {
    const affected = affectedOf(ledger);
    const presence = presenceOf(ledger);
    const calls = accountCalls(ledger).filter((call) => wasHeard(call, presence));
    const others = calls.flatMap((call) => {
      const met = [...affected.values()].findLast(({ seq }) => seq < call.sent.seq);
      return met === undefined || affected.has(call.account) ? [] : [{ call, met }];
    });
    if (others.length === 0) {
      const message =
        affected.size === 0
          ? 'No account was affected by anything.'
          : 'While an account was affected no other one was called.';
      return { verdict: 'inconclusive', message };
    }
    const instances = others.flatMap(({ call, met }) => stopped(ledger, call, met));
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(others.length, 'call')} to accounts that were not affected went on.`,
    };
  },
} satisfies Check;

interface Met {
  readonly account: string;
  readonly seq: number;
  readonly at: number;
}

// When each account was first met by something that is not of its everyday life.
function affectedOf(ledger: Ledger): Map<string, Met> {
  const affected = new Map<string, Met>();
  const meet = (account: string | null, { seq, at }: Entry) => {
    if (account !== null && !affected.has(account)) affected.set(account, { account, seq, at });
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
      case 'fault.applied':
        for (const account of metBy(entry, ledger, accountOf)) meet(account, entry);
        break;
      case 'exchange.lost':
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

// A connection is for all accounts at its service.
function metBy(
  { exchange, service }: EntryOf<'fault.applied'>,
  { world }: Ledger,
  accountOf: ReadonlyMap<string, string | null>,
): readonly (string | null)[] {
  if (exchange !== null) return [accountOf.get(exchange) ?? null];
  return world.accounts.flatMap((account) => (account.service === service ? [account.id] : []));
}

function stopped(ledger: Ledger, call: AccountCall, met: Met): Instance[] {
  const { account, sent } = call;
  const how = hindrance(ledger, call);
  if (how === null || wasRefused(ledger, call)) return [];
  const message = `A call to ${account} at ${formatMoment(sent.at)} ${how}, though nothing was the matter with it: only ${met.account} was met by something, at ${formatMoment(met.at)}. It should have gone on.`;
  return [{ atMs: sent.at, message, evidence: [met.seq, sent.seq] }];
}

/** What became of a call that was not served in time; null where it was, or may still be. */
function hindrance({ entries }: Ledger, { sent, returned, ok, code }: AccountCall): string | null {
  const until = returned ?? entries.at(-1) ?? sent;
  if (until.at - sent.at > ANSWERED_WITHIN_MS)
    return `was not answered within ${ANSWERED_WITHIN_MS / 1000} s`;
  if (returned === null || ok) return null;
  return `failed (${code ?? returned.failure ?? `status ${returned.status}`})`;
}

/** Whether the service itself refused what was sent for the account during the call. */
function wasRefused(ledger: Ledger, { account, sent, returned }: AccountCall): boolean {
  const untilSeq = returned?.seq ?? Number.POSITIVE_INFINITY;
  return attemptsOf(ledger).some(
    ({ opened, end }) =>
      (opened.account ?? opened.meantFor) === account &&
      opened.seq > sent.seq &&
      opened.seq < untilSeq &&
      end !== null &&
      end.truth !== 'ok',
  );
}
