// Cohorts: the accounts of one service, when they went to the token endpoint, and how densely.

import type { Ledger } from '../../harness/ledger.ts';
import { type Attempt, attemptsOf } from './attempts.ts';
import { accessLives } from './token-lives.ts';

/** From how many accounts on one can speak of a herd. */
export const SMALLEST_COHORT = 20;

/** The accounts of one service and their token requests. */
export interface Herd {
  readonly service: string;
  readonly size: number;
  /** How long an access token lives, in ms: the middle one of all; null where they never expire. */
  readonly lifeMs: number | null;
  /** Requests with a minted refresh token, in order. */
  readonly knocks: readonly Attempt[];
}

/** The cohorts of a run that are large enough. */
export function herdsOf(ledger: Ledger): readonly Herd[] {
  const services = Map.groupBy(ledger.world.accounts, ({ service }) => service);
  const knocks = attemptsOf(ledger).filter(
    ({ opened }) => opened.endpoint === 'token' && opened.account !== null,
  );
  const lives = [...accessLives(ledger).values()];
  return [...services].flatMap(([service, accounts]) => {
    if (accounts.length < SMALLEST_COHORT) return [];
    const lifetimes = lives
      .flatMap(({ minted: { service: own, expiresAt, at } }) =>
        own === service && expiresAt !== null ? [expiresAt - at] : [],
      )
      .sort((a, b) => a - b);
    return {
      service,
      size: accounts.length,
      lifeMs: lifetimes[Math.floor(lifetimes.length / 2)] ?? null,
      knocks: knocks.filter(({ opened }) => opened.service === service),
    };
  });
}

/** The densest stretch of `windowMs` in a row of attempts, which are in order. */
export function densest(attempts: readonly Attempt[], windowMs: number): readonly Attempt[] {
  let from = 0;
  let best: readonly [number, number] = [0, 0];
  for (const [to, { opened }] of attempts.entries()) {
    while ((attempts[from]?.opened.at ?? 0) <= opened.at - windowMs) from++;
    if (to + 1 - from > best[1] - best[0]) best = [from, to + 1];
  }
  return attempts.slice(...best);
}
