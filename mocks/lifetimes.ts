// How long tokens live: by age alone, and together with whatever else has ended them.

import type { AccessToken, Grant, RefreshToken } from './grant.ts';
import type { AccessLifetime, Policy } from './policy.ts';
import type { Refusal } from './refusals.ts';

const SECOND_MS = 1000;

/** Why this access token would be refused at `atMs`, or null while it works. */
export function accessRefusal(token: AccessToken, atMs: number): Refusal | null {
  const end = accessEnd(token, atMs);
  if (end !== null) return end;
  return token.knownFromMs !== null && atMs < token.knownFromMs ? 'not-yet-known' : null;
}

/** What has ended this access token by `atMs`, or null while it lives, known to the resource server or not yet. */
export function accessEnd({ ended, expiresAtMs }: AccessToken, atMs: number): Refusal | null {
  if (ended !== null && atMs >= ended.atMs) return ended.cause;
  return expiresAtMs !== null && atMs >= expiresAtMs ? 'expired' : null;
}

/** Why this refresh token would be refused at `atMs`, or null while it can be exchanged. */
export function refreshRefusal(grant: Grant, token: RefreshToken, atMs: number): Refusal | null {
  if (token.ended !== null) return token.ended.cause;
  if (token.honouredUntilMs !== null && atMs >= token.honouredUntilMs) return 'rotated';
  const expiresAtMs = refreshExpiresAtMs(grant, token);
  if (expiresAtMs === null || atMs < expiresAtMs) return null;
  const lifetime = grant.policy.refresh;
  if (lifetime.kind === 'fixed' || lifetime.kind === 'absolute') return 'capped';
  if (lifetime.kind === 'idle-and-cap' && atMs >= grant.consentedAtMs + lifetime.capMs) return 'capped';
  return 'idle';
}

/** The moment at which a refresh token dies if nobody uses it again; null = never. */
export function refreshExpiresAtMs(grant: Grant, token: RefreshToken): number | null {
  const lifetime = grant.policy.refresh;
  switch (lifetime.kind) {
    case 'none':
    case 'unlimited':
      return null;
    case 'fixed':
      return token.issuedAtMs + (token.ttlMs ?? lifetime.ttlMs);
    case 'absolute':
      return grant.consentedAtMs + lifetime.ttlMs;
    case 'idle':
      return token.usedAtMs + lifetime.windowMs;
    case 'idle-and-cap':
      return Math.min(token.usedAtMs + lifetime.windowMs, grant.consentedAtMs + lifetime.capMs);
  }
}

/** The lifetime that is given to who asks for this one. */
export const within = (
  { minMs, maxMs }: { readonly minMs: number; readonly maxMs: number },
  askedMs: number,
): number => Math.min(Math.max(askedMs, minMs), maxMs);

/** How long a new access token lives; null = for ever. `draw` in [0, 1) picks from a range, in steps of a second. */
export function accessTtlMs(
  { access, askedTtl }: Policy,
  draw: number,
  askedTtlMs: number | undefined,
): number | null {
  switch (access.kind) {
    case 'never':
      return null;
    case 'sliding':
      return access.ttlMs;
    case 'fixed':
    case 'range':
      if (askedTtl !== undefined && askedTtlMs !== undefined) return within(askedTtl, askedTtlMs);
      return access.kind === 'fixed' ? access.ttlMs : drawnMs(access.minMs, access.maxMs, draw);
  }
}

function drawnMs(minMs: number, maxMs: number, draw: number): number {
  const steps = Math.floor((maxMs - minMs) / SECOND_MS) + 1;
  return minMs + Math.floor(draw * steps) * SECOND_MS;
}

/** Whether the resource server asks what has become of this access token, rather than honouring it to its end. */
export function isEvaluated(
  { evaluatedAboveMs = 0 }: Pick<Policy, 'evaluatedAboveMs'>,
  { issuedAtMs, expiresAtMs }: Pick<AccessToken, 'issuedAtMs' | 'expiresAtMs'>,
): boolean {
  return expiresAtMs === null || expiresAtMs - issuedAtMs > evaluatedAboveMs;
}

/** The end of an access token as answers state it, which need not be true; null = none. */
export function statedEndMs({ access }: Policy, { issuedAtMs, expiresAtMs }: AccessToken): number | null {
  if (access.kind !== 'fixed' || access.statedMs === undefined) return expiresAtMs;
  return issuedAtMs + access.statedMs;
}

/** The token after activity at `atMs`, which puts the end of a session off once it counts. */
export function touched(lifetime: AccessLifetime, token: AccessToken, atMs: number): AccessToken {
  if (lifetime.kind !== 'sliding' || token.expiresAtMs === null) return token;
  const lastMs = token.expiresAtMs - lifetime.ttlMs;
  if (atMs < lastMs + lifetime.ttlMs * lifetime.countsAfter) return token;
  return { ...token, expiresAtMs: atMs + lifetime.ttlMs };
}
