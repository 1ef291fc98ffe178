// An account with the tokens that an agent holds for it, kept in the store as soon as they change.

import type { Account } from '../../../mocks/index.ts';
import { load, save } from './store.ts';
import type { World } from './world.ts';

/** An account with the tokens that it holds now. */
export interface Connection {
  readonly account: Account;
  access: string;
  refresh: string;
  expiresAtMs: number | null;
  /** Why it is not called any more; null while it is. */
  dead: string | null;
  /** Whether its owner was asked for a new grant. */
  asked: boolean;
  /** The refresh that is under way. */
  refreshing: Promise<void> | null;
}

interface Kept extends Pick<Connection, 'access' | 'refresh' | 'expiresAtMs' | 'dead' | 'asked'> {
  /** The refresh token of the grant from which these tokens come. */
  readonly grant: string;
}

/** An account with the youngest tokens there are: those of a new grant, those that were kept, or those of the start. */
export function connect(account: Account, world: World): Connection {
  const kept = load<Kept>(world, account.id);
  const isNew = world.reauthorized.includes(account.id) && kept?.grant !== account.refreshToken;
  const { accessToken: access, refreshToken, expiresAt } = account;
  const expiresAtMs = expiresAt === null ? null : Date.parse(expiresAt);
  const first = { access, refresh: refreshToken ?? '', expiresAtMs, dead: null, asked: false };
  return { account, refreshing: null, ...(kept === null || isNew ? first : kept) };
}

/** Keeps what it holds now. */
export function keep({ account, access, refresh, expiresAtMs, dead, asked }: Connection, world: World): void {
  const kept: Kept = { access, refresh, expiresAtMs, dead, asked, grant: account.refreshToken ?? '' };
  save(world, account.id, kept);
}
