// A small world around one grant: where it stands, and every move that is worth trying from there.

import type { AccessToken, Command, Grant, Transition } from '../../mocks/grant.ts';
import { issue } from '../../mocks/minting.ts';
import type { Policy } from '../../mocks/policy.ts';
import { transition } from '../../mocks/transition.ts';
import { endOfRefreshMs } from './grant-invariants.ts';

/** A grant at a moment. */
export interface Position {
  readonly grant: Grant;
  readonly nowMs: number;
}

/** One thing to try: time passes until a moment, or a command is given. */
export type Move = { readonly untilMs: number } | { readonly command: Command };

/** What a move led to; `step` is null for time that passes. */
export interface Moved {
  readonly position: Position;
  readonly step: Transition | null;
}

export const CLIENT = 'client';

/** A first consent at the moment 0, with both scopes. */
export function begin(policy: Policy): Position {
  const fresh = { access: 'at-1', refresh: 'rt-1' };
  const consent = { id: 'grant', clientId: CLIENT, scopes: ['read', 'write'], atMs: 0, offline: true, fresh };
  return { grant: issue(policy, consent).grant, nowMs: 0 };
}

/** Makes a move. */
export function make(position: Position, move: Move): Moved {
  if ('untilMs' in move) return { position: { ...position, nowMs: move.untilMs }, step: null };
  const step = transition(position.grant, move.command);
  return { position: { grant: step.grant, nowMs: position.nowMs }, step };
}

/** Every move from a position: each known token in each role, each act, and each boundary just missed, met, passed. */
export function moves({ grant, nowMs }: Position): readonly Move[] {
  const atMs = nowMs;
  const { accessTokens, refreshTokens } = grant;
  const fresh = { access: `at-${accessTokens.length + 1}`, refresh: `rt-${refreshTokens.length + 1}` };
  const newest = refreshTokens.at(-1)?.id ?? 'unknown';
  const refresh = (token: string, clientId = CLIENT, scopes: readonly string[] | null = null) =>
    ({ kind: 'refresh', atMs, token, clientId, scopes, fresh }) as const;
  const known = [...accessTokens, ...refreshTokens].map(({ id }) => id);
  const commands: readonly Command[] = [
    ...[...refreshTokens.map(({ id }) => id), 'unknown'].map((token) => refresh(token)),
    refresh(newest, 'another client'),
    refresh(newest, CLIENT, ['read']),
    refresh(newest, CLIENT, ['read', 'admin']),
    ...[...accessTokens.map(({ id }) => id), 'unknown'].map(
      (token) => ({ kind: 'use', atMs, token, needsOneOf: ['write'] }) as const,
    ),
    ...[...known, 'unknown'].map((token) => ({ kind: 'revoke-token', atMs, token }) as const),
    ...(grant.policy.refreshableAs === undefined
      ? []
      : accessTokens.map(
          ({ id: token }) => ({ kind: 'make-refreshable', atMs, token, clientId: CLIENT, fresh }) as const,
        )),
    { kind: 'revoke', atMs, cause: 'revoked-by-user' },
    { kind: 'end-access', atMs, cause: 'session-ended' },
    { kind: 'end-refresh', atMs, cause: 'evicted' },
    { kind: 'evict', atMs },
    { kind: 'narrow-scope', atMs, scopes: ['read'] },
    { kind: 'bar', atMs, bar: { cause: 'ip-restricted', from: 'both' } },
    { kind: 'bar', atMs, bar: { cause: 'session-policy', from: 'use' } },
    { kind: 'bar', atMs, bar: { cause: 'service-restricted', from: 'refresh' } },
    ...[...grant.bars.map(({ cause }) => cause), null].map(
      (cause) => ({ kind: 'unbar', atMs, cause }) as const,
    ),
  ];
  return [
    ...commands.map((command) => ({ command })),
    ...boundaries(grant, nowMs).map((untilMs) => ({ untilMs })),
  ];
}

/** The moments to come around each next boundary: a millisecond before it, at it, and after it. */
export function boundaries(grant: Grant, nowMs: number): readonly number[] {
  const { access, stickyForMs, noRefreshBeforeMs } = grant.policy;
  const half = ({ expiresAtMs }: AccessToken) =>
    access.kind === 'sliding' && expiresAtMs !== null
      ? expiresAtMs - access.ttlMs + access.ttlMs * access.countsAfter
      : null;
  const sticky = grant.refreshTokens.at(-1);
  const kinds = [
    grant.accessTokens.map(({ expiresAtMs }) => expiresAtMs),
    grant.accessTokens.map(half),
    grant.refreshTokens.map((token) => endOfRefreshMs(grant, token)),
    grant.refreshTokens.map(({ honouredUntilMs }) => honouredUntilMs),
    grant.accessTokens.map(({ ended }) => ended?.atMs ?? null),
    grant.accessTokens.map(({ knownFromMs }) => knownFromMs),
    grant.accessTokens.map(({ issuedAtMs }) =>
      noRefreshBeforeMs === undefined ? null : issuedAtMs + noRefreshBeforeMs,
    ),
    [sticky === undefined || stickyForMs === undefined ? null : sticky.issuedAtMs + stickyForMs],
  ];
  const next = kinds.flatMap((moments) => {
    const ahead = moments
      .filter((moment) => moment !== null)
      .filter((moment) => Number.isFinite(moment) && moment + 1 > nowMs);
    return ahead.length === 0 ? [] : [Math.min(...ahead)];
  });
  const around = next.flatMap((moment) => [moment - 1, moment, moment + 1]);
  return [...new Set(around)].filter((moment) => moment > nowMs);
}
