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
  /** Older tokens by id. */
  readonly away: Map<string, Token>;
  /** The ids of those that were alive when they were put away, oldest first. */
  readonly alive: Set<string>;
}

/** How many tokens of each kind a grant holds. */
const NEWEST = 16;

/** An empty book. */
export function createGrantBook(): GrantBook {
  const book = new Map<string, Kept>();
  const find = (grantId: string): Kept => {
    const kept = book.get(grantId);
    if (kept === undefined) throw new Error(`no grant "${grantId}" in the books`);
    return kept;
  };
  return {
    add: (grant) => void book.set(grant.id, { grant, away: new Map(), alive: new Set() }),
    get: (grantId) => find(grantId).grant,
    holding: (grantId, tokenId) => withTokens(find(grantId), [tokenId]),
    apply: (grantId, command) => applyTo(find(grantId), command),
  };
}

function applyTo(kept: Kept, command: Command): Transition {
  const named = 'token' in command ? [command.token] : [];
  const small = withTokens(kept, named);
  const step = transition(small, command);
  if (kept.alive.size === 0 || !concernsOthers(small, command, step.outcome))
    return keep(kept, step, named, command.atMs);
  const all = [...named.filter((id) => !kept.alive.has(id)), ...kept.alive];
  kept.alive.clear();
  return keep(kept, transition(withTokens(kept, all), command), all, command.atMs);
}

/** Whether a command that came to this may change living tokens that it does not name; a plain use or refresh never does. */
function concernsOthers({ policy }: Grant, command: Command, outcome: Outcome): boolean {
  if (command.kind === 'use') return false;
  if (command.kind !== 'refresh') return true;
  if (outcome.kind === 'granted') return policy.oldAccess === 'dies';
  return outcome.kind === 'refused' && outcome.cause === 'rotated';
}

/** The grant with some of the tokens that were put away, as the oldest of their kinds. */
function withTokens({ grant, away }: Kept, ids: readonly string[]): Grant {
  const tokens = ids.flatMap((id) => away.get(id) ?? []);
  if (tokens.length === 0) return grant;
  return {
    ...grant,
    accessTokens: [...tokens.filter(isAccess), ...grant.accessTokens],
    refreshTokens: [...tokens.filter(isRefresh), ...grant.refreshTokens],
  };
}

/** Keeps the grant that a step led to, which holds the tokens `back` again; all but the newest tokens are put away. */
function keep(kept: Kept, step: Transition, back: readonly string[], atMs: number): Transition {
  const { grant } = step;
  for (const id of back) kept.away.delete(id);
  const access = Math.max(0, grant.accessTokens.length - NEWEST);
  const refresh = Math.max(0, grant.refreshTokens.length - NEWEST);
  for (const token of [...grant.accessTokens.slice(0, access), ...grant.refreshTokens.slice(0, refresh)]) {
    kept.away.set(token.id, token);
    if (isAlive(grant, token, atMs)) kept.alive.add(token.id);
  }
  const [accessTokens, refreshTokens] = [
    grant.accessTokens.slice(access),
    grant.refreshTokens.slice(refresh),
  ];
  kept.grant = access + refresh === 0 ? grant : { ...grant, accessTokens, refreshTokens };
  return step;
}

function isAlive(grant: Grant, token: Token, atMs: number): boolean {
  return (isRefresh(token) ? refreshRefusal(grant, token, atMs) : accessRefusal(token, atMs)) === null;
}

const isRefresh = (token: Token): token is RefreshToken => 'spentAtMs' in token;
const isAccess = (token: Token): token is AccessToken => !isRefresh(token);
