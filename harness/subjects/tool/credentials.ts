// The credential of each step, arranged at the server: a tool finds the same variables, with other values.

import type { Account } from '../../../mocks/index.ts';
import { entriesOf } from '../../ledger.ts';
import type { SubjectRun } from '../subject.ts';

/** The credential in a tool's variables. */
export interface Held {
  readonly account: Account;
  /** The id of its access token; `unminted` for one that nobody minted. */
  readonly token: string;
  /** Virtual ms at which it is over; null = never. */
  readonly expiresAt: number | null;
}

/** How long after its end a credential is used, and how long ago an aged one ended, in ms. */
export const PAST_END_MS = 60_000;

type Run = Pick<SubjectRun, 'world' | 'clock'>;

/** The credential with which a tool starts. */
export function firstCredential(run: Run, service: string): Held {
  const account = run.world.accounts.find((candidate) => candidate.service === service);
  if (account === undefined) throw new Error(`this world has no account at "${service}"`);
  return held(run, account);
}

/** A new grant, with all scopes or without those that certain routes need. */
export function freshCredential(run: Run, { id }: Account, lackingFor: readonly string[] = []): Held {
  return held(run, run.world.grantAgain(id, { lackingFor }));
}

/**
 * A credential whose life is over. Where the clock is the world's, time passes until it is; elsewhere it is minted in
 * the past. Null for one that has no end.
 */
export async function expiredCredential(run: Run, before: Held): Promise<Held | null> {
  const { world, clock } = run;
  const minted = entriesOf(world.ledger, 'token.minted').filter(
    ({ account, tokenKind }) => account === before.account.id && tokenKind === 'access',
  );
  // The first was minted when it went on record; later ones may have been given an older date.
  const [first] = minted;
  if (first === undefined || first.expiresAt === null) return null;
  if (clock.mode !== 'exact') return agedCredential(run, before.account, first.expiresAt - first.at);
  // Whatever else the tool may hold must be over, too.
  const ends = minted.flatMap(({ expiresAt }) => expiresAt ?? []);
  await passUntil(clock, Math.max(...ends) + PAST_END_MS);
  return before;
}

// Lifetimes may differ from token to token: one that is still alive is followed by an older one.
function agedCredential(run: Run, account: Account, lifetimeMs: number): Held {
  const { world, clock } = run;
  const aged = held(run, world.grantAgain(account.id, { atMs: clock.nowMs - lifetimeMs - PAST_END_MS }));
  const leftMs = (aged.expiresAt ?? 0) - clock.nowMs;
  return leftMs < 0 ? aged : agedCredential(run, account, lifetimeMs + leftMs);
}

/** A live credential's look, with tokens that nobody minted. */
export function forgedCredential(run: Run, account: Account): Held {
  const { account: alive, expiresAt } = freshCredential(run, account);
  const { access, refresh } = run.world.forgeTokens(account.id);
  const refreshToken = alive.refreshToken === null ? null : refresh;
  return { account: { ...alive, accessToken: access, refreshToken }, token: 'unminted', expiresAt };
}

// A grant's tokens are on record when it is given.
function held({ world }: Run, account: Account): Held {
  const minted = entriesOf(world.ledger, 'token.minted').findLast(
    (entry) => entry.account === account.id && entry.tokenKind === 'access',
  );
  if (minted === undefined) throw new Error(`"${account.id}" has no access token`);
  return { account, token: minted.token, expiresAt: minted.expiresAt };
}

/** Lets virtual time pass with nobody there. */
async function passUntil(clock: Run['clock'], moment: number): Promise<void> {
  if (moment <= clock.nowMs) return;
  const cancel = clock.schedule(moment, 'zzz next step', () => clock.stop());
  await clock.run();
  cancel();
}
