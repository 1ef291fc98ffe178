// The engine: what a grant can do. Total and pure; moments and freshly minted token ids come in with the command.

import type { AccessLifetime, Policy } from './policy.ts';
import type { Refusal } from './refusals.ts';

/** Why and when a token or a grant stopped working. */
export interface Ending {
  readonly cause: Refusal;
  readonly atMs: number;
}

/** A policy that bars a living grant from calls, from refreshes, or from both. */
export interface Bar {
  readonly cause: Refusal;
  readonly from: 'use' | 'refresh' | 'both';
}

/** An access token as the authorization server remembers it. Ids, never values. */
export interface AccessToken {
  readonly id: string;
  readonly issuedAtMs: number;
  /** The last activity that counted for a sliding lifetime. */
  readonly touchedAtMs: number;
  /** The first moment at which the token is expired; null = it never expires. */
  readonly expiresAtMs: number | null;
  readonly scopes: readonly string[];
  readonly ended: Ending | null;
}

/** A refresh token as the authorization server remembers it. */
export interface RefreshToken {
  readonly id: string;
  readonly issuedAtMs: number;
  readonly usedAtMs: number;
  /** The moment of the exchange that replaced this token by `successor`; null while it was not replaced. */
  readonly spentAtMs: number | null;
  readonly successor: string | null;
  readonly ended: Ending | null;
}

/** One consent of one account to one client, with the token family that came out of it. */
export interface Grant {
  readonly id: string;
  readonly policy: Policy;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly consentedAtMs: number;
  readonly ended: Ending | null;
  /** Policies that bar the grant for now, in the order in which they were imposed. */
  readonly bars: readonly Bar[];
  readonly accessTokens: readonly AccessToken[];
  readonly refreshTokens: readonly RefreshToken[];
}

/** Ids for the tokens a command may mint. Unused ones are simply not minted. */
export interface FreshIds {
  readonly access: string;
  readonly refresh: string;
}

/** What can be done to a grant. `atMs` is the moment, in epoch milliseconds. */
export type Command =
  | {
      readonly kind: 'refresh';
      readonly atMs: number;
      readonly token: string;
      readonly clientId: string;
      /** The narrower scope asked for; null = all that was granted. */
      readonly scopes: readonly string[] | null;
      readonly fresh: FreshIds;
    }
  | {
      readonly kind: 'use';
      readonly atMs: number;
      readonly token: string;
      /** Any one of these suffices; empty = no scope needed. */
      readonly needsOneOf: readonly string[];
    }
  | { readonly kind: 'revoke'; readonly atMs: number; readonly cause: Refusal }
  | { readonly kind: 'revoke-token'; readonly atMs: number; readonly token: string }
  | { readonly kind: 'end-access'; readonly atMs: number; readonly cause: Refusal }
  | { readonly kind: 'end-refresh'; readonly atMs: number; readonly cause: Refusal }
  | { readonly kind: 'narrow-scope'; readonly atMs: number; readonly scopes: readonly string[] }
  | { readonly kind: 'bar'; readonly atMs: number; readonly bar: Bar }
  | { readonly kind: 'unbar'; readonly atMs: number; readonly cause: Refusal };

/** What a command changed about a token, for the record. */
export interface Effect {
  readonly kind: 'minted' | 'rotated' | 'revoked' | 'evicted';
  readonly token: string;
  readonly cause?: Refusal;
  readonly expiresAtMs?: number | null;
  readonly successor?: string;
}

/** What came of a command. */
export type Outcome =
  | {
      readonly kind: 'granted';
      readonly access: AccessToken;
      /** The refresh token to tell the client: a new one, the same one, or null where the policy has none. */
      readonly refresh: RefreshToken | null;
      readonly rotated: boolean;
      readonly effects: readonly Effect[];
    }
  | { readonly kind: 'allowed'; readonly access: AccessToken; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused'; readonly cause: Refusal; readonly effects: readonly Effect[] }
  | { readonly kind: 'done'; readonly effects: readonly Effect[] };

/** A grant after a command, and what came of it. */
export interface Transition {
  readonly grant: Grant;
  readonly outcome: Outcome;
}

/** The first tokens of a grant, at consent. */
export function issue(
  policy: Policy,
  consent: {
    readonly id: string;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly atMs: number;
    /** False for a consent that gives no refresh token (no offline access asked for). */
    readonly offline: boolean;
    readonly fresh: FreshIds;
  },
): Transition {
  const { atMs, fresh, scopes } = consent;
  const access = mintAccess(policy, fresh.access, atMs, scopes);
  const refresh = consent.offline && policy.refresh.kind !== 'none' ? mintRefresh(fresh.refresh, atMs) : null;
  const grant: Grant = {
    id: consent.id,
    policy,
    clientId: consent.clientId,
    scopes,
    consentedAtMs: atMs,
    ended: null,
    bars: [],
    accessTokens: [access],
    refreshTokens: refresh === null ? [] : [refresh],
  };
  const effects = [mintedAccess(access), ...(refresh === null ? [] : [mintedRefresh(grant, refresh)])];
  return { grant, outcome: { kind: 'granted', access, refresh, rotated: false, effects } };
}

/** Applies one command. Never throws; an unknown token id is a refusal like any other. */
export function transition(grant: Grant, command: Command): Transition {
  switch (command.kind) {
    case 'refresh':
      return refresh(grant, command);
    case 'use':
      return use(grant, command);
    case 'revoke':
      return endGrant(grant, { cause: command.cause, atMs: command.atMs });
    case 'revoke-token':
      return revokeToken(grant, command.token, command.atMs);
    case 'end-access':
      return endAccessTokens(grant, { cause: command.cause, atMs: command.atMs });
    case 'end-refresh':
      return endRefreshTokens(grant, { cause: command.cause, atMs: command.atMs });
    case 'narrow-scope':
      return done(narrow(grant, command.scopes));
    case 'bar':
      return done({ ...grant, bars: [...without(grant.bars, command.bar.cause), command.bar] });
    case 'unbar':
      return done({ ...grant, bars: without(grant.bars, command.cause) });
  }
}

/** Why this access token would be refused at `atMs`, or null while it lives. */
export function accessRefusal(token: AccessToken, atMs: number): Refusal | null {
  if (token.ended !== null) return token.ended.cause;
  if (token.expiresAtMs !== null && atMs >= token.expiresAtMs) return 'expired';
  return null;
}

/** Why this refresh token would be refused at `atMs`, or null while it can be exchanged. */
export function refreshRefusal(grant: Grant, token: RefreshToken, atMs: number): Refusal | null {
  if (token.ended !== null) return token.ended.cause;
  if (token.spentAtMs !== null && atMs >= token.spentAtMs + grant.policy.graceMs) return 'rotated';
  return lifetimeRefusal(grant, token, atMs);
}

/** The moment at which a refresh token dies if nobody uses it again; null = never. */
export function refreshExpiresAtMs(grant: Grant, token: RefreshToken): number | null {
  const lifetime = grant.policy.refresh;
  switch (lifetime.kind) {
    case 'none':
    case 'unlimited':
      return null;
    case 'fixed':
      return token.issuedAtMs + lifetime.ttlMs;
    case 'absolute':
      return grant.consentedAtMs + lifetime.ttlMs;
    case 'idle':
      return token.usedAtMs + lifetime.windowMs;
    case 'idle-and-cap':
      return Math.min(token.usedAtMs + lifetime.windowMs, grant.consentedAtMs + lifetime.capMs);
  }
}

function lifetimeRefusal(grant: Grant, token: RefreshToken, atMs: number): Refusal | null {
  const expiresAtMs = refreshExpiresAtMs(grant, token);
  if (expiresAtMs === null || atMs < expiresAtMs) return null;
  const lifetime = grant.policy.refresh;
  if (lifetime.kind === 'fixed' || lifetime.kind === 'absolute') return 'capped';
  if (lifetime.kind === 'idle-and-cap' && atMs >= grant.consentedAtMs + lifetime.capMs) return 'capped';
  return 'idle';
}

function refresh(grant: Grant, command: Extract<Command, { kind: 'refresh' }>): Transition {
  const { atMs } = command;
  const presented = grant.refreshTokens.findLast((token) => token.id === command.token);
  if (presented === undefined) return refused(grant, 'unknown-token');
  if (command.clientId !== grant.clientId) return refused(grant, 'wrong-client');
  const refusal = refreshRefusal(grant, presented, atMs);
  if (refusal === 'rotated') return reuse(grant, atMs);
  if (refusal !== null) return refused(grant, refusal);
  const bar = grant.bars.find(({ from }) => from !== 'use');
  if (bar !== undefined) return refused(grant, bar.cause);
  const scopes = command.scopes ?? grant.scopes;
  if (scopes.some((scope) => !grant.scopes.includes(scope))) return refused(grant, 'scope-exceeds');
  return exchange(grant, presented, scopes, command.fresh, atMs);
}

function exchange(
  grant: Grant,
  presented: RefreshToken,
  scopes: readonly string[],
  fresh: FreshIds,
  atMs: number,
): Transition {
  const settled =
    grant.policy.oldAccess === 'dies'
      ? endAccessTokens(grant, { cause: 'superseded', atMs })
      : { grant, outcome: { kind: 'done', effects: [] } as const };
  const access = mintAccess(grant.policy, fresh.access, atMs, scopes);
  const rotates = grant.policy.rotation === 'every-use';
  const successor = rotates ? mintRefresh(fresh.refresh, atMs) : null;
  const used: RefreshToken = rotates
    ? { ...presented, usedAtMs: atMs, spentAtMs: presented.spentAtMs ?? atMs, successor: fresh.refresh }
    : { ...presented, usedAtMs: atMs };
  const after: Grant = {
    ...settled.grant,
    accessTokens: [...settled.grant.accessTokens, access],
    refreshTokens: [
      ...replaced(settled.grant.refreshTokens, presented, used),
      ...(successor === null ? [] : [successor]),
    ],
  };
  const effects: Effect[] = [...settled.outcome.effects, mintedAccess(access)];
  if (successor !== null) {
    effects.push({ kind: 'rotated', token: presented.id, successor: successor.id });
    effects.push(mintedRefresh(after, successor));
  }
  return {
    grant: after,
    outcome: { kind: 'granted', access, refresh: successor ?? used, rotated: rotates, effects },
  };
}

function reuse(grant: Grant, atMs: number): Transition {
  if (grant.policy.reuse === 'refused') return refused(grant, 'rotated');
  const ending: Ending = { cause: 'reused', atMs };
  const after =
    grant.policy.reuse === 'family-revoked' ? endGrant(grant, ending) : endRefreshTokens(grant, ending);
  return {
    grant: after.grant,
    outcome: { kind: 'refused', cause: 'rotated', effects: after.outcome.effects },
  };
}

function use(grant: Grant, command: Extract<Command, { kind: 'use' }>): Transition {
  const { atMs, needsOneOf } = command;
  const token = grant.accessTokens.findLast((candidate) => candidate.id === command.token);
  if (token === undefined) return refused(grant, 'unknown-token');
  const bar = grant.bars.find(({ from }) => from !== 'refresh');
  const refusal = accessRefusal(token, atMs) ?? bar?.cause ?? null;
  if (refusal !== null) return refused(grant, refusal);
  const allowed = needsOneOf.length === 0 || needsOneOf.some((scope) => token.scopes.includes(scope));
  const touched = touch(grant.policy.access, token, atMs);
  const after =
    touched === token ? grant : { ...grant, accessTokens: replaced(grant.accessTokens, token, touched) };
  return allowed
    ? { grant: after, outcome: { kind: 'allowed', access: touched, effects: [] } }
    : refused(after, 'scope-missing');
}

function touch(lifetime: AccessLifetime, token: AccessToken, atMs: number): AccessToken {
  if (lifetime.kind !== 'sliding') return token;
  if (atMs < token.touchedAtMs + lifetime.ttlMs * lifetime.countsAfter) return token;
  return { ...token, touchedAtMs: atMs, expiresAtMs: atMs + lifetime.ttlMs };
}

function revokeToken(grant: Grant, tokenId: string, atMs: number): Transition {
  const ending: Ending = { cause: 'revoked-by-client', atMs };
  const { ofRefresh, ofAccess } = grant.policy.revocation;
  const refresh = grant.refreshTokens.find((token) => token.id === tokenId);
  if (refresh !== undefined) {
    const refusal = refreshRefusal(grant, refresh, atMs);
    // A spent token still names its family: a client that logs out with an old one must be logged out.
    if (refusal !== null && refusal !== 'rotated') return refused(grant, refusal);
    return ofRefresh === 'grant' ? endGrant(grant, ending) : endRefreshTokens(grant, ending);
  }
  const access = grant.accessTokens.find((token) => token.id === tokenId);
  const refusal = access === undefined ? 'unknown-token' : accessRefusal(access, atMs);
  if (refusal !== null) return refused(grant, refusal);
  return ofAccess === 'grant'
    ? endGrant(grant, ending)
    : endAccessTokens(grant, ending, (token) => token.id === tokenId);
}

function endGrant(grant: Grant, ending: Ending): Transition {
  const access = endAccessTokens(grant, ending);
  const both = endRefreshTokens(access.grant, ending);
  return {
    grant: { ...both.grant, ended: grant.ended ?? ending },
    outcome: { kind: 'done', effects: [...access.outcome.effects, ...both.outcome.effects] },
  };
}

function endAccessTokens(
  grant: Grant,
  ending: Ending,
  which: (token: AccessToken) => boolean = () => true,
): Transition {
  const dying = (token: AccessToken) => accessRefusal(token, ending.atMs) === null && which(token);
  const effects = grant.accessTokens.filter(dying).map((token) => ended(token.id, ending.cause));
  const accessTokens = grant.accessTokens.map((token) =>
    dying(token) ? { ...token, ended: ending } : token,
  );
  return { grant: { ...grant, accessTokens }, outcome: { kind: 'done', effects } };
}

// A spent token ends too: inside its grace it would otherwise mint a new child for a dead family.
function endRefreshTokens(grant: Grant, ending: Ending): Transition {
  const dying = (token: RefreshToken) => refreshRefusal(grant, token, ending.atMs) === null;
  const effects = grant.refreshTokens.filter(dying).map((token) => ended(token.id, ending.cause));
  const refreshTokens = grant.refreshTokens.map((token) =>
    dying(token) ? { ...token, ended: ending } : token,
  );
  return { grant: { ...grant, refreshTokens }, outcome: { kind: 'done', effects } };
}

function narrow(grant: Grant, scopes: readonly string[]): Grant {
  const kept = (all: readonly string[]) => all.filter((scope) => scopes.includes(scope));
  return {
    ...grant,
    scopes: kept(grant.scopes),
    accessTokens: grant.accessTokens.map((token) => ({ ...token, scopes: kept(token.scopes) })),
  };
}

function mintAccess(policy: Policy, id: string, atMs: number, scopes: readonly string[]): AccessToken {
  const expiresAtMs = policy.access.kind === 'never' ? null : atMs + lifetimeMs(policy.access);
  return { id, issuedAtMs: atMs, touchedAtMs: atMs, expiresAtMs, scopes, ended: null };
}

const lifetimeMs = (access: Exclude<AccessLifetime, { readonly kind: 'never' }>) =>
  access.kind === 'range' ? access.minMs : access.ttlMs;

function mintRefresh(id: string, atMs: number): RefreshToken {
  return { id, issuedAtMs: atMs, usedAtMs: atMs, spentAtMs: null, successor: null, ended: null };
}

// The token in question is nearly always among the newest, hence the search from the end.
const replaced = <Token>(tokens: readonly Token[], old: Token, now: Token) =>
  tokens.with(tokens.lastIndexOf(old), now);

const mintedAccess = (token: AccessToken): Effect => ({
  kind: 'minted',
  token: token.id,
  expiresAtMs: token.expiresAtMs,
});

const mintedRefresh = (grant: Grant, token: RefreshToken): Effect => ({
  kind: 'minted',
  token: token.id,
  expiresAtMs: refreshExpiresAtMs(grant, token),
});

const ended = (token: string, cause: Refusal): Effect => ({
  kind: cause === 'evicted' ? 'evicted' : 'revoked',
  token,
  cause,
});
const without = (bars: readonly Bar[], cause: Refusal) => bars.filter((bar) => bar.cause !== cause);
const refused = (grant: Grant, cause: Refusal): Transition => ({
  grant,
  outcome: { kind: 'refused', cause, effects: [] },
});
const done = (grant: Grant): Transition => ({ grant, outcome: { kind: 'done', effects: [] } });
