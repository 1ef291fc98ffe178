// Death by age goes on record when it comes, not when somebody notices it.

import type { TokenRecord } from '../../mocks/authority.ts';
import type { LedgerWriter } from '../ledger.ts';
import type { ClockDriver } from '../time/driver.ts';
import type { WorldProvider } from './provider.ts';

/** An access token to be watched. */
export interface Watched {
  readonly provider: WorldProvider;
  readonly token: TokenRecord;
}

/** Watches a token from now on, which by its present lifetime ends at `endMs` of virtual time; null = never. */
export type ExpiryWatch = (watched: Watched, endMs: number | null) => void;

/**
 * Watches tokens up to `untilMs`. Those that end at the same moment share one event of the clock, for under load there
 * are thousands of them.
 */
export function createExpiryWatch(clock: ClockDriver, ledger: LedgerWriter, untilMs: number): ExpiryWatch {
  const due = new Map<number, Watched[]>();

  const watch = (watched: Watched, dueMs: number | null) => {
    if (dueMs === null) return;
    if (dueMs <= clock.nowMs) {
      const { provider, token } = watched;
      const { id: service } = provider.service;
      const account = token.account.id;
      const common = { party: 'world', service, account, token: token.id, exchange: null };
      ledger.append({ kind: 'token.expired', ...common });
    } else if (dueMs <= untilMs) plan(watched, dueMs);
  };

  const plan = (watched: Watched, dueMs: number) => {
    const others = due.get(dueMs);
    if (others !== undefined) {
      others.push(watched);
      return;
    }
    due.set(dueMs, [watched]);
    const end = () => {
      const ending = due.get(dueMs) ?? [];
      due.delete(dueMs);
      // Activity may have put the end off since it was planned.
      for (const each of ending.sort(byToken)) watch(each, endOf(each, clock.startMs));
    };
    clock.schedule(dueMs, 'expiry', end, 'nobody');
  };

  return watch;
}

const byToken = (a: Watched, b: Watched) => (a.token.id < b.token.id ? -1 : 1);

/** When a token dies of age, in virtual ms; null where it is dead already, or never does. */
function endOf({ provider, token }: Watched, startMs: number): number | null {
  const { authority } = provider;
  const { accessTokens } = authority.grantOf(token);
  const found = accessTokens.findLast(({ id }) => id === token.id);
  if (found === undefined || found.ended !== null || found.expiresAtMs === null) return null;
  return found.expiresAtMs - startMs;
}
