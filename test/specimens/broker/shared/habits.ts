// The habits of a broker whose replicas share a store: what a disease changes, and nothing else.

import type { Account } from '../../../../mocks/index.ts';
import { waitForNewToken } from '../../new-token.ts';
import { bringsTokens, errorIn, isOver, type TokenAnswer } from '../token-endpoint.ts';
import { type Failure, type Upstream, verdictOn } from '../verdict.ts';
import { type Lock, takeLock } from './lock.ts';
import type { Kept, Store } from './store.ts';

/** What brokers do differently. */
export interface Habits {
  /** The store as this broker uses it. */
  keeps(store: Store): Store;
  /** What is locked while an account is refreshed. */
  lockName(id: string): string;
  take(root: string, name: string, leaseMs: number): Lock | null;
  readonly leaseMs: number;
  /** Whether an answer may be written: `kept` is what the store holds now, `presented` the token that was exchanged. */
  mayWrite(kept: Kept, presented: string | undefined): boolean;
  /** Whether a refusal is the end of the grant that is kept now. */
  mayEnd(kept: Kept, presented: string | undefined): boolean;
  /** Whether an answer brings tokens. */
  grants(answer: TokenAnswer): boolean;
  isEnd(answer: TokenAnswer | null): boolean;
  reasonOf(answer: TokenAnswer | null): string;
  refreshToken(answer: TokenAnswer, before: string | undefined): string | undefined;
  expiresAtMs(expiresIn: unknown, nowMs: number): number | null;
  /** When to renew a token ahead of its end; null = when a call needs it. */
  renewAtMs(nowMs: number, expiresAtMs: number | null): number | null;
  /** How long to leave the endpoint alone after so many failures in a row. */
  waitMs(answer: TokenAnswer | null, troubles: number): number;
  readonly persists: 'before-use' | 'after-use';
  /** Where a replica finds its tokens: in the store, or in what it read from it at first. */
  readonly reads: 'store' | 'own-copy';
  /** What comes before a new token that was refused is sent again, so many times already; false = it is not. */
  givesTime(tries: number, renew: () => Promise<unknown>): Promise<boolean>;
  /** What an answer of the service means for the caller; null = it did what was asked. */
  verdict(answer: Upstream, account: Account): Failure | null;
  /** Whether nothing is to be sent for this account any more. */
  isLeftAlone(kept: Kept): boolean;
  /** Whether a new consent must come from the person who gave the first one. */
  readonly asksWhoConsented: boolean;
  /** Whether every call must be refused, seen what has ended. */
  isBarred(all: () => readonly (Kept | null)[]): boolean;
}

const HOLD_MS = 60_000;

/** How a careful broker does it. */
export const CAREFUL: Habits = {
  keeps: (store) => store,
  lockName: (id) => id,
  take: takeLock,
  leaseMs: HOLD_MS,
  mayWrite: (kept, presented) => kept.refresh === presented,
  mayEnd: (kept, presented) => kept.refresh === presented,
  grants: bringsTokens,
  isEnd: (answer) => isOver(errorIn(answer)),
  // The endpoint says that the grant is over, never why.
  reasonOf: () => 'unknown',
  refreshToken: (answer, before) => answer.body?.refresh_token ?? before,
  expiresAtMs: (expiresIn, nowMs) => {
    const seconds = Number(expiresIn);
    return expiresIn === null || !(seconds > 0) ? null : nowMs + seconds * 1000;
  },
  renewAtMs: (nowMs, expiresAtMs) =>
    expiresAtMs === null ? null : nowMs + (expiresAtMs - nowMs) * (0.5 + Math.random() * 0.2),
  waitMs: (answer, troubles) => Math.max(answer?.waitMs ?? 0, Math.min(5000 * 2 ** troubles, 60_000)),
  persists: 'before-use',
  reads: 'store',
  givesTime: waitForNewToken,
  verdict: verdictOn,
  isLeftAlone: (kept) => kept.ended !== null,
  asksWhoConsented: true,
  isBarred: () => false,
};
