// The grants in the books. Each holds its newest tokens only, so that one that rotates for hours is as quick as a young one.

import type { AccessToken, Command, Grant, Outcome, RefreshToken, Transition } from './grant.ts';
import { accessEnd, refreshRefusal } from './lifetimes.ts';
import { transition } from './transition.ts';

/** Grants by id. What is asked of them comes out as if each still held every token that it ever had. */
export interface GrantBook {
  add(grant: Grant): void;
  /** A grant with its newest tokens. */
  get(grantId: string): Grant;
  /** A grant with its newest tokens and this one. */
  holding(grantId: string, tokenId: string): Grant;
  /** Applies one command to a grant, and keeps what became of it. */
  apply(grantId: string, command: Command): Transition;
  /** Takes over a step that was made elsewhere. */
  follow(grantId: string, step: Elsewhere): Transition;
}

/** A step that another server made, by which the books are to follow it. */
export interface Elsewhere {
  readonly atMs: number;
  /** The tokens that it concerns. */
  readonly tokens: readonly string[];
  change(grant: Grant): Transition;
}

type Token = AccessToken | RefreshToken;

interface Kept {
  /** With its newest tokens. */
  grant: Grant;
  /** Older tokens, oldest first. */
  away: Token[];
  /** Whether any of them, of either kind, was alive when it was put away. */
  anyAlive: { access: boolean; refresh: boolean };
}

/** How many tokens of each kind are left when older ones are put away, and how many bring that about. */
const NEWEST = 4;
const TOO_MANY = 16;

/** An empty book. */
export function createGrantBook(): GrantBook {
  const book = new Map<string, Kept>();
  const find = (grantId: string): Kept => {
    const kept = book.get(grantId);
    if (kept === undefined) throw new Error(`no grant "${grantId}" in the books`);
    return kept;
  };
  return {
    add: (grant) => void book.set(grant.id, { grant, away: [], anyAlive: { access: false, refresh: false } }),
    get: (grantId) => find(grantId).grant,
    holding: (grantId, tokenId) => {
      const kept = find(grantId);
      return isHeld(kept.grant, tokenId) ? kept.grant : recall(kept, ({ id }) => id === tokenId).grant;
    },
    apply: (grantId, command) => applyTo(find(grantId), command),
    follow: (grantId, { atMs, tokens, change }) => {
      const kept = find(grantId);
      const all = recall(kept, ({ id }) => tokens.includes(id));
      return keep(kept, all.away, change(all.grant), atMs);
    },
  };
}

function applyTo(kept: Kept, command: Command): Transition {
  const { atMs } = command;
  const isNamed = ({ id }: Token) => 'token' in command && id === command.token;
  const isHere = !('token' in command) || isHeld(kept.grant, command.token);
  const alone = isHere ? kept : recall(kept, isNamed);
  const step = transition(alone.grant, command);
  const others = concerned(alone.grant, command, step.outcome);
  if (!concernsAnyAway(kept, others, atMs)) return keep(kept, alone.away, step, atMs);
  const all = recall(kept, (token) => isNamed(token) || isAlive(kept.grant, token, atMs));
  kept.anyAlive = { access: false, refresh: false };
  return keep(kept, all.away, transition(all.grant, command), atMs);
}

/** Whether a token that was put away lives and is concerned. Who looks at them all notes of which kind any lives still. */
function concernsAnyAway(kept: Kept, others: Concerned, atMs: number): boolean {
  const { anyAlive, grant, away } = kept;
  const mayBe =
    (anyAlive.access && others.access !== nobody) || (anyAlive.refresh && others.refresh !== nobody);
  if (!mayBe) return false;
  const living = away.filter((token) => isAlive(grant, token, atMs));
  kept.anyAlive = { access: living.some(isAccess), refresh: living.some(isRefresh) };
  return living.some((token) => others[isRefresh(token) ? 'refresh' : 'access'](token));
}

/** Which living tokens a command may change beside the one that it names. */
interface Concerned {
  access(token: Token): boolean;
  refresh(token: Token): boolean;
}

const nobody = () => false;
const everybody = () => true;
const NOBODY: Concerned = { access: nobody, refresh: nobody };
const EVERYBODY: Concerned = { access: everybody, refresh: everybody };

/**
 * Whom a command that came to this may concern. A use concerns nobody else. A refresh that was granted seldom does: where
 * every refresh ends the access tokens before, none but the one before is alive.
 */
function concerned(grant: Grant, command: Command, outcome: Outcome): Concerned {
  if (command.kind === 'use') return NOBODY;
  if (command.kind !== 'refresh') return EVERYBODY;
  if (outcome.kind === 'refused') return outcome.cause === 'rotated' ? EVERYBODY : NOBODY;
  const { oldAccess, liveAccessTokens, graceEndsEarly, graceDepth, replay } = grant.policy;
  const endsGraces = graceDepth === 'previous' || replay === 'same-child';
  const endsEarly = graceEndsEarly !== undefined;
  const diesLate = oldAccess === 'dies-after-grace';
  const endsAccess = liveAccessTokens !== undefined || replay === 'same-child' || (diesLate && endsGraces);
  return {
    access: endsAccess ? everybody : diesLate ? companionsOf(grant, command.token, endsEarly) : nobody,
    refresh: endsGraces ? everybody : endsEarly ? parentOf(grant, command.token) : nobody,
  };
}

/** The access tokens that came with this one; with `parentToo` also those that came with the one that it replaced. */
function companionsOf(grant: Grant, tokenId: string, parentToo: boolean): Concerned['access'] {
  const parent = grant.refreshTokens.findLast(({ id }) => id === tokenId)?.parent ?? null;
  const wanted = parentToo && parent !== null ? [tokenId, parent] : [tokenId];
  // Where every use replaces it, one access token comes with each, and it is nearly always among the newest.
  const isHere = (id: string) => grant.accessTokens.some(({ companion }) => companion === id);
  if (grant.policy.rotation === 'every-use' && wanted.every(isHere)) return nobody;
  return (token) => 'companion' in token && token.companion !== null && wanted.includes(token.companion);
}

/** Only the token that this one replaced, and that one is nearly always among the newest. */
function parentOf(grant: Grant, tokenId: string): Concerned['refresh'] {
  const parent = grant.refreshTokens.findLast(({ id }) => id === tokenId)?.parent ?? null;
  if (parent === null || isHeld(grant, parent)) return nobody;
  return ({ id }) => id === parent;
}

// The newest of both kinds are asked for most.
function isHeld({ accessTokens, refreshTokens }: Grant, tokenId: string): boolean {
  for (let left = Math.max(accessTokens.length, refreshTokens.length); left > 0; left--) {
    if (refreshTokens[left - 1]?.id === tokenId || accessTokens[left - 1]?.id === tokenId) return true;
  }
  return false;
}

/**
 * The grant with its older tokens from the first of these on in front of those that it holds, and the rest of the older
 * ones: without a gap, for the order of the tokens says which of them is the oldest.
 */
function recall({ grant, away }: Kept, which: (token: Token) => boolean): Pick<Kept, 'grant' | 'away'> {
  const from = away.findIndex(which);
  if (from < 0) return { grant, away };
  const back = away.slice(from);
  const accessTokens = [...back.filter(isAccess), ...grant.accessTokens];
  const refreshTokens = [...back.filter(isRefresh), ...grant.refreshTokens];
  return { grant: { ...grant, accessTokens, refreshTokens }, away: away.slice(0, from) };
}

/** Keeps the grant that a step led to, and puts its older tokens away when there are too many. */
function keep(kept: Kept, away: Token[], step: Transition, atMs: number): Transition {
  kept.grant = step.grant;
  kept.away = away;
  const { accessTokens, refreshTokens } = step.grant;
  if (accessTokens.length > TOO_MANY || refreshTokens.length > TOO_MANY) {
    const older = { access: accessTokens.slice(0, -NEWEST), refresh: refreshTokens.slice(0, -NEWEST) };
    kept.anyAlive.access ||= older.access.some((token) => isAlive(step.grant, token, atMs));
    kept.anyAlive.refresh ||= older.refresh.some((token) => isAlive(step.grant, token, atMs));
    kept.away.push(...older.access, ...older.refresh);
    kept.grant = {
      ...step.grant,
      accessTokens: accessTokens.slice(-NEWEST),
      refreshTokens: refreshTokens.slice(-NEWEST),
    };
  }
  return step;
}

function isAlive(grant: Grant, token: Token, atMs: number): boolean {
  return (isRefresh(token) ? refreshRefusal(grant, token, atMs) : accessEnd(token, atMs)) === null;
}

const isRefresh = (token: Token): token is RefreshToken => 'honouredUntilMs' in token;
const isAccess = (token: Token): token is AccessToken => !isRefresh(token);
