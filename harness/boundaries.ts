// Which token boundaries a run really crossed: lives that ended by age while the account was still in use.

import type { EntryOf } from './entry.ts';
import { entriesOf, type Ledger } from './ledger.ts';
import type { Boundary } from './result.ts';

/** One line for each account of the world, in its order. */
export function boundariesOf(ledger: Ledger): readonly Boundary[] {
  const expired = entriesOf(ledger, 'token.expired');
  const calls = entriesOf(ledger, 'exchange.opened').filter(({ endpoint }) => endpoint === 'resource');
  const refreshes = committedRefreshes(ledger);
  return ledger.world.accounts.map(({ id, service }) => {
    const ofAccount = ({ account }: { account: string | null }) => account === id;
    const expiredAt = expired.filter(ofAccount).map(({ at }) => at);
    const lastCallAt = Math.max(-1, ...calls.filter(ofAccount).map(({ at }) => at));
    return {
      service,
      account: id,
      expiredAt,
      crossed: expiredAt.filter((at) => lastCallAt >= at).length,
      refreshes: refreshes.filter(ofAccount).length,
    };
  });
}

/** Token exchanges that the engine carried out, whether or not their answer arrived. */
export function committedRefreshes(
  ledger: Ledger,
): (EntryOf<'exchange.answered'> | EntryOf<'exchange.lost'>)[] {
  return [...entriesOf(ledger, 'exchange.answered'), ...entriesOf(ledger, 'exchange.lost')].filter(
    ({ endpoint, committed, truth }) => endpoint === 'token' && committed && truth === 'ok',
  );
}
