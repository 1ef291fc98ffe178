// The grants in the books. Each holds its newest tokens only, so that one that rotates for hours is as quick as a young one.

import {
  type AccessToken,
  accessRefusal,
  type Command,
  type Grant,
  type Outcome,
  type RefreshToken,
  refreshRefusal,
  type Transition,
  transition,
} from './grant.ts';

/** Grants by id. What is asked of them comes out as if each still held every token that it ever had. */
export interface GrantBook {
  add(grant: Grant): void;
  /** A grant with its newest tokens. */
  get(grantId: string): Grant;
  /** A grant with its newest tokens and this one. */
  holding(grantId: string, tokenId: string): Grant;
  /** Applies one command to a grant, and keeps what became of it. */
  apply(grantId: string, command: Command): Transition;
}

type Token = AccessToken | RefreshToken;

interface Kept {
  /** With its newest tokens. */
  grant: Grant;
  /** Older tokens, oldest first. */
  away: Token[];
  /** Whether any of them was alive when it was put away. */
  anyAlive: boolean;
}

/** How many tokens of each kind are left when older ones are put away, and how many bring that about. */
const NEWEST = 16;
const TOO_MANY = 32;

/** An empty book. */
export function createGrantBook(): GrantBook {
  const book = new Map<string, Kept>();
  const find = (grantId: string): Kept => {
    const kept = book.get(grantId);
    if (kept === undefined) throw new Error(`no grant "${grantId}" in the books`);
    return kept;
  };
  return {
    add: (grant) => void book.set(grant.id, { grant, away: [], anyAlive: false }),
    get: (grantId) => find(grantId).grant,
    holding: (grantId, tokenId) => {
      const kept = find(grantId);
      return isHeld(kept.grant, tokenId) ? kept.grant : recall(kept, ({ id }) => id === tokenId).grant;
    },
    apply: (grantId, command) => applyTo(find(grantId), command),
  };
}

function applyTo(kept: Kept, command: Command): Transition {
  const { atMs } = command;
  const isNamed = ({ id }: Token) => 'token' in command && id === command.token;
  const isHere = !('token' in command) || isHeld(kept.grant, command.token);
  const alone = isHere ? kept : recall(kept, isNamed);
  const step = transition(alone.grant, command);
  if (!kept.anyAlive || !mayConcernOthers(command, step.outcome)) return keep(kept, alone.away, step, atMs);
  const all = recall(kept, (token) => isNamed(token) || isAlive(kept.grant, token, atMs));
  kept.anyAlive = false;
  return keep(kept, all.away, transition(all.grant, command), atMs);
}

/**
 * Whether a command that came to this may change living tokens that it does not name. A use never does, nor a refresh that
 * was granted: the access tokens that it ends under some policies are none but the one before.
 */
function mayConcernOthers(command: Command, outcome: Outcome): boolean {
  if (command.kind === 'use') return false;
  return command.kind !== 'refresh' || (outcome.kind === 'refused' && outcome.cause === 'rotated');
}

const isHeld = ({ accessTokens, refreshTokens }: Grant, tokenId: string) =>
  refreshTokens.findLast(({ id }) => id === tokenId) !== undefined ||
  accessTokens.findLast(({ id }) => id === tokenId) !== undefined;

/** The grant with some of its older tokens in front of those that it holds, and the rest of the older ones. */
function recall({ grant, away }: Kept, which: (token: Token) => boolean): Pick<Kept, 'grant' | 'away'> {
  const back = away.filter(which);
  const accessTokens = [...back.filter(isAccess), ...grant.accessTokens];
  const refreshTokens = [...back.filter(isRefresh), ...grant.refreshTokens];
  return { grant: { ...grant, accessTokens, refreshTokens }, away: away.filter((token) => !which(token)) };
}

/** Keeps the grant that a step led to, and puts its older tokens away when there are too many. */
function keep(kept: Kept, away: Token[], step: Transition, atMs: number): Transition {
  kept.grant = step.grant;
  kept.away = away;
  const { accessTokens, refreshTokens } = step.grant;
  if (accessTokens.length > TOO_MANY || refreshTokens.length > TOO_MANY) {
    const older = [...accessTokens.slice(0, -NEWEST), ...refreshTokens.slice(0, -NEWEST)];
    kept.anyAlive ||= older.some((token) => isAlive(step.grant, token, atMs));
    kept.away.push(...older);
    kept.grant = {
      ...step.grant,
      accessTokens: accessTokens.slice(-NEWEST),
      refreshTokens: refreshTokens.slice(-NEWEST),
    };
  }
  return step;
}

function isAlive(grant: Grant, token: Token, atMs: number): boolean {
  return (isRefresh(token) ? refreshRefusal(grant, token, atMs) : accessRefusal(token, atMs)) === null;
}

const isRefresh = (token: Token): token is RefreshToken => 'spentAtMs' in token;
const isAccess = (token: Token): token is AccessToken => !isRefresh(token);
