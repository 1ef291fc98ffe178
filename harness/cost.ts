// What a run cost upstream, beside the question whether it was right.

import { isAuthFailure, isTerminalForGrant } from '../mocks/index.ts';
import { boundariesOf, committedRefreshes } from './boundaries.ts';
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
  const refused = entriesOf(ledger, 'exchange.answered').filter(isRefused);
  const waits = refused.map(({ exchange, at }) => at - (openedAt.get(exchange) ?? at));
  return {
    refreshes: committedRefreshes(ledger).length,
    needed: boundariesOf(ledger).reduce((total, { crossed }) => total + crossed, 0),
    wastedCalls: refused.filter(({ endpoint }) => endpoint === 'resource').length,
    callsAfterTerminal: callsAfterTerminal(ledger),
    wastedVirtualMs: waits.reduce((total, wait) => total + wait, 0),
  };
}

function isRefused({ truth }: EntryOf<'exchange.answered'>): boolean {
  return truth !== 'ok' && truth !== 'fault' && isAuthFailure(truth);
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
