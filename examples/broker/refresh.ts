// Replaces an account's tokens: once for everybody who waits, in this process and in all others.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, endOf, type Kept, renewalOf, retryOf } from './account.ts';
import type { Events } from './events.ts';
import { REQUEST_MS } from './request.ts';
import { singleFlight } from './single-flight.ts';
import type { Claim, Store } from './store.ts';
import { exchange } from './token-endpoint.ts';
import { Trouble } from './trouble.ts';

/** How often somebody who waits for another's refresh looks at the store. */
const LOOK_EVERY_MS = 200;

export interface Refresher {
  /**
   * Sees to it that the account has other tokens than the given one.
   * @returns what is kept then: new tokens, or the word that the grant is over
   * @throws Trouble when the token endpoint cannot be had now, or refuses the client
   */
  replace(id: string, accessToken: string): Promise<Kept>;
  /** Takes note that the service has ended the grant of this consent, unless a later one was given meanwhile. */
  end(id: string, consent: number): Promise<void>;
}

export function createRefresher(store: Store, replica: string, events: Events): Refresher {
  const replace = async (id: string, accessToken: string): Promise<Kept> => {
    for (;;) {
      const { number, kept } = store.read(id);
      if (kept === null) throw new Trouble('NOT_FOUND', `There is no account ${id}.`);
      // Somebody else was faster: what they wrote is as good as what we would have fetched.
      if (kept.ended !== null || kept.account.accessToken !== accessToken) return kept;
      const waitMs = (kept.notBeforeMs ?? 0) - Date.now();
      if (waitMs > 0) throw unavailable(kept.account, 'its endpoint wants to be left alone', waitMs);
      const claim = store.claim(id, number);
      if (claim === null) {
        await sleep(LOOK_EVERY_MS);
        continue;
      }
      try {
        // Between the look and the claim a whole refresh may have happened.
        if (store.read(id).number === number) return await renew(claim, kept);
      } finally {
        claim.release();
      }
    }
  };

  const renew = async (claim: Claim, kept: Kept): Promise<Kept> => {
    const { account } = kept;
    const { refreshToken } = account;
    if (refreshToken === null) return end(claim, kept, 'unknown');
    // Whoever slept since the claim must not send a token that the next holder may have spent.
    if (!claim.lasts(REQUEST_MS)) throw unavailable(account, 'the claim ran out', null);
    const result = await exchange(account, refreshToken);
    if (result.kind === 'ended') return end(claim, kept, 'unknown');
    if (result.kind !== 'tokens') {
      const { troubles = 0, retryAfterMs } = { ...kept, ...result };
      // Kept, so that no other replica asks before the time either.
      claim.write({
        ...kept,
        notBeforeMs: retryOf(troubles, retryAfterMs, Date.now()),
        troubles: troubles + 1,
      });
      if (result.kind === 'unavailable') throw unavailable(account, result.why, retryAfterMs);
      throw new Trouble('CLIENT_CREDENTIALS_INVALID', `${account.service} refuses the client credentials.`);
    }
    const { accessToken, expiresAt } = result;
    const receivedAtMs = Date.now();
    const { notBeforeMs: _, troubles: __, ...lasting } = kept;
    const renewed: Kept = {
      ...lasting,
      account: { ...account, accessToken, expiresAt, refreshToken: result.refreshToken ?? refreshToken },
      receivedAtMs,
      renewAtMs: renewalOf(expiresAt, receivedAtMs),
      keeper: replica,
    };
    // Kept before it is used: whoever dies now has lost nothing.
    claim.write(renewed);
    return renewed;
  };

  const end = async (claim: Claim, kept: Kept, reason: 'revoked' | 'unknown'): Promise<Kept> => {
    const ended: Kept = { ...kept, ended: reason, told: false, renewAtMs: null, keeper: replica };
    claim.write(ended);
    await events.deliver(ended.account.id);
    return ended;
  };

  const endByWord = async (id: string, consent: number): Promise<void> => {
    for (;;) {
      const { number, kept } = store.read(id);
      if (kept === null || kept.ended !== null || kept.consents !== consent) return;
      const claim = store.claim(id, number);
      if (claim === null) {
        await sleep(LOOK_EVERY_MS);
        continue;
      }
      try {
        if (store.read(id).number === number) await end(claim, kept, 'revoked');
      } finally {
        claim.release();
      }
    }
  };

  return { replace: singleFlight(replace), end: endByWord };
}

const unavailable = (account: Account, why: string, retryAfterMs: number | null) =>
  new Trouble('UPSTREAM_UNAVAILABLE', `The tokens of ${account.id} could not be renewed: ${why}.`, {
    retryable: true,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(endOf(account) > Date.now() ? {} : { expired: true }),
  });
