// What a run cost upstream, beside the question whether it was right.

import { isTerminalForGrant, REFUSALS, type Refusal } from '../mocks/index.ts';
import { committedRefreshes } from './boundaries.ts';
import type { EntryOf } from './entry.ts';
import { entriesOf, type Ledger } from './ledger.ts';
import type { Cost } from './result.ts';

/** The cost of several runs together. */
export function costOf(ledgers: readonly Ledger[]): Cost {
  const costs = ledgers.map(costOfOne);
  const sum = (what: keyof Cost) => costs.reduce((total, cost) => total + cost[what], 0);
  return {
    refreshes: sum('refreshes'),
    needed: sum('needed'),
    wastedCalls: sum('wastedCalls'),
    callsAfterTerminal: sum('callsAfterTerminal'),
    wastedVirtualMs: sum('wastedVirtualMs'),
  };
}

function costOfOne(ledger: Ledger): Cost {
  const openedAt = new Map(entriesOf(ledger, 'exchange.opened').map(({ exchange, at }) => [exchange, at]));
  const refused = entriesOf(ledger, 'exchange.answered').filter(
    ({ truth }) => truth !== 'ok' && truth !== 'fault',
  );
  const waits = refused.map(({ exchange, at }) => at - (openedAt.get(exchange) ?? at));
  const lifeOf = livesByAccount(ledger);
  const needed = ledger.world.accounts.map(({ id }) => neededRefreshes(lifeOf(id)));
  return {
    refreshes: committedRefreshes(ledger).length,
    needed: total(needed),
    wastedCalls: refused.filter(({ endpoint, truth }) => endpoint === 'resource' && isDeadCredential(truth))
      .length,
    callsAfterTerminal: callsAfterTerminal(ledger),
    wastedVirtualMs: total(waits),
  };
}

const total = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0);

// A credential that once worked. One that nobody minted, or that is too narrow, is no less alive for being refused.
function isDeadCredential(truth: EntryOf<'exchange.answered'>['truth']): boolean {
  if (truth === 'ok' || truth === 'fault' || truth === 'unknown-token' || truth === 'scope-missing')
    return false;
  const { remedy } = REFUSALS[truth];
  return remedy === 'refresh' || remedy === 'reauthorize';
}

// From the refusal of its refresh token on, until a new grant, every exchange for the account is in vain.
function callsAfterTerminal(ledger: Ledger): number {
  const dead = new Set<string>();
  let calls = 0;
  for (const entry of ledger.entries) {
    if (entry.kind === 'exchange.opened' && entry.account !== null && dead.has(entry.account)) calls++;
    if (entry.kind === 'token.minted') dead.delete(entry.account);
    if (entry.kind === 'exchange.answered' && entry.endpoint === 'token' && entry.account !== null) {
      const { truth, account } = entry;
      if (truth !== 'ok' && truth !== 'fault' && isTerminalForGrant(truth)) dead.add(account);
    }
  }
  return calls;
}

/** Real ms by which a timer of a busy machine is late. */
const TIMER_LATE_MS = 100;

/** What is on record of one account's tokens and calls. */
interface AccountLife {
  readonly minted: readonly EntryOf<'token.minted'>[];
  readonly ended: readonly (EntryOf<'token.revoked'> | EntryOf<'token.evicted'>)[];
  readonly expired: readonly EntryOf<'token.expired'>[];
  readonly calls: readonly ResourceCall[];
  /** By how much moments may be off: not at all in virtual time, by what a real timer is late in compressed time. */
  readonly slackMs: number;
}

// Sorted once: with accounts by the thousand nobody may look through the whole ledger for each of them.
function livesByAccount(ledger: Ledger): (account: string) => AccountLife {
  const byAccount = <T extends { readonly account: string | null }>(entries: readonly T[]) =>
    Map.groupBy(entries, ({ account }) => account);
  const minted = byAccount(entriesOf(ledger, 'token.minted'));
  const ended = byAccount([...entriesOf(ledger, 'token.revoked'), ...entriesOf(ledger, 'token.evicted')]);
  const expired = byAccount(entriesOf(ledger, 'token.expired'));
  const calls = byAccount(resourceCalls(ledger));
  return (account) => ({
    minted: minted.get(account) ?? [],
    ended: ended.get(account) ?? [],
    expired: expired.get(account) ?? [],
    calls: calls.get(account) ?? [],
    slackMs: TIMER_LATE_MS * (ledger.world.timeFactor ?? 0),
  });
}

/**
 * The least number of refreshes that lets every resource call of this account meet a live token: one only when a call
 * comes and the last token is over. Calls after the end of the grant cannot be helped and do not count.
 */
function neededRefreshes(life: AccountLife): number {
  const { minted } = life;
  const first = minted.find(({ tokenKind }) => tokenKind === 'access');
  // An app that signs, or shows its own credentials, gets new access tokens without a refresh token.
  const refreshable = minted.some(({ tokenKind, exchange }) => tokenKind === 'refresh' || exchange !== null);
  if (first === undefined || first.expiresAt === null || !refreshable) return 0;
  const ttlMs = first.expiresAt - first.at;
  const deathsMs = endsOf(life, (truth) => REFUSALS[truth].remedy === 'refresh' && truth !== 'superseded');
  const [grantEndMs = Number.POSITIVE_INFINITY] = endsOf(life, isTerminalForGrant);
  const calls = life.calls.filter((call) => call.at < grantEndMs);
  const slides = isSliding(life);
  let needed = 0;
  let liveFromMs = first.at;
  let liveUntilMs = first.expiresAt;
  for (const { at } of calls) {
    const isOver = at >= liveUntilMs || deathsMs.some((deathMs) => liveFromMs < deathMs && deathMs <= at);
    if (isOver) needed++;
    if (isOver || slides) {
      liveFromMs = at;
      liveUntilMs = at + ttlMs;
    }
  }
  return needed;
}

/** When tokens of an account were ended for such a reason. */
function endsOf({ ended }: AccountLife, isSuch: (truth: Refusal) => boolean): readonly number[] {
  const atMs = ended.flatMap(({ truth, at }) => (isSuch(truth) ? [at] : []));
  return atMs.sort((a, b) => a - b);
}

// Only a session that activity extends is seen alive beyond the end that it was minted with.
function isSliding({ minted, expired, calls, slackMs }: AccountLife): boolean {
  const endMs = new Map(minted.map(({ token, expiresAt }) => [token, expiresAt ?? Number.POSITIVE_INFINITY]));
  const isBeyond = (token: string | null, atMs: number) =>
    atMs > (endMs.get(token ?? '') ?? Number.POSITIVE_INFINITY) + slackMs;
  return (
    expired.some(({ token, at }) => isBeyond(token, at)) ||
    calls.some(({ token, isOk, at }) => isOk && isBeyond(token, at))
  );
}

interface ResourceCall {
  readonly account: string | null;
  readonly at: number;
  readonly token: string | null;
  readonly isOk: boolean;
}

function resourceCalls(ledger: Ledger): ResourceCall[] {
  const answered = entriesOf(ledger, 'exchange.answered');
  const succeeded = new Set(answered.filter(({ truth }) => truth === 'ok').map(({ exchange }) => exchange));
  return entriesOf(ledger, 'exchange.opened')
    .filter(({ endpoint }) => endpoint === 'resource')
    .map(({ account, at, token, exchange }) => ({ account, at, token, isOk: succeeded.has(exchange) }));
}
