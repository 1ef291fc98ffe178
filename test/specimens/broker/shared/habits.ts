// The habits of a broker whose replicas share a store: what a disease changes, and nothing else.

import { type Lock, takeLock } from './lock.ts';
import type { Kept, Store } from './store.ts';

/** What a token endpoint answers; null when it gave no answer that can be read. */
export interface TokenAnswer {
  readonly status: number;
  readonly retryAfterMs: number;
  readonly body: {
    readonly access_token?: string;
    readonly refresh_token?: string;
    readonly expires_in?: unknown;
    readonly error?: string;
  } | null;
}

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
  isEnd: (answer) => answer !== null && answer.status < 500 && answer.body?.error === 'invalid_grant',
  // The endpoint says that the grant is over, never why.
  reasonOf: () => 'unknown',
  refreshToken: (answer, before) => answer.body?.refresh_token ?? before,
  expiresAtMs: (expiresIn, nowMs) => {
    const seconds = Number(expiresIn);
    return expiresIn === null || !(seconds > 0) ? null : nowMs + seconds * 1000;
  },
  renewAtMs: (nowMs, expiresAtMs) =>
    expiresAtMs === null ? null : nowMs + (expiresAtMs - nowMs) * (0.5 + Math.random() * 0.2),
  waitMs: (answer, troubles) => Math.max(answer?.retryAfterMs ?? 0, Math.min(5000 * 2 ** troubles, 60_000)),
  persists: 'before-use',
  reads: 'store',
  isLeftAlone: (kept) => kept.ended !== null,
  asksWhoConsented: true,
  isBarred: () => false,
};
