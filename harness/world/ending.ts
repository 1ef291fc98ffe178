// An end that is settled but still to come goes on record when it comes, as everything does.

import type { LedgerWriter } from '../ledger.ts';
import type { ClockDriver } from '../time/driver.ts';
import type { WorldProvider } from './provider.ts';

/** An access token whose end is settled. `endsAtMs` is in epoch ms. */
interface Doomed {
  readonly provider: WorldProvider;
  readonly token: string;
  readonly endsAtMs: number;
}

/** Puts an end on record at its moment, unless an earlier one has come before it. */
export type EndingWatch = (doomed: Doomed, entry: Parameters<LedgerWriter['append']>[0]) => void;

/** Watches tokens up to `untilMs` of virtual time. */
export function createEndingWatch(clock: ClockDriver, ledger: LedgerWriter, untilMs: number): EndingWatch {
  return (doomed, entry) => {
    const dueMs = doomed.endsAtMs - clock.startMs;
    if (dueMs > untilMs) return;
    const end = () => {
      if (endOf(doomed) === doomed.endsAtMs) ledger.append(entry);
    };
    clock.schedule(dueMs, 'ending', end, 'nobody');
  };
}

function endOf({ provider: { authority }, token }: Doomed): number | null {
  const { accessTokens } = authority.grantOf(authority.record(token));
  return accessTokens.find(({ id }) => id === token)?.ended?.atMs ?? null;
}
