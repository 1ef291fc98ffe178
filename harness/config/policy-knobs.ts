// From knobs to a policy: one override after the other.

import { type AccessLifetime, FOREVER_MS, type Policy, type RefreshLifetime } from '../../mocks/policy.ts';
import { parseDuration } from '../duration.ts';
import type { ServiceKnobs } from './knobs.ts';

/** The policy with the knobs in force. */
export function policyOf(policy: Policy, knobs: ServiceKnobs): Policy {
  const { revokingRefresh, revokingAccess, grace, grantsPerAccount, codeTtl } = knobs;
  return {
    ...policy,
    access: accessOf(policy.access, knobs),
    refresh: refreshOf(policy.refresh, knobs),
    rotation: knobs.rotation ?? policy.rotation,
    graceMs: grace === undefined ? policy.graceMs : grace === 'forever' ? FOREVER_MS : toMs(grace),
    reuse: knobs.reuse ?? policy.reuse,
    oldAccess: knobs.oldAccess ?? policy.oldAccess,
    revocation: {
      ofRefresh: revokingRefresh ?? policy.revocation.ofRefresh,
      ofAccess: revokingAccess ?? policy.revocation.ofAccess,
    },
    grantsPerAccount:
      grantsPerAccount === undefined
        ? policy.grantsPerAccount
        : grantsPerAccount === 'unlimited'
          ? null
          : grantsPerAccount,
    codeTtlMs: codeTtl === undefined ? policy.codeTtlMs : toMs(codeTtl),
    ...furtherKnobs(knobs),
  };
}

// What the base has no knob for is only there when it is turned; a limit can be lifted again.
function furtherKnobs(knobs: ServiceKnobs): Partial<Policy> {
  const { noRefreshBefore, stickyFor, graceEndsEarly, graceDepth, replay, revocationDelay, birthDelay } =
    knobs;
  const {
    liveAccessTokens,
    callsPerWindow,
    askedTtl,
    askedRefreshTtl,
    eviction,
    grantsCounted,
    evaluatedAbove,
    refreshOfOnly,
  } = knobs;
  return {
    ...(noRefreshBefore === undefined ? {} : { noRefreshBeforeMs: toMs(noRefreshBefore) }),
    ...(stickyFor === undefined ? {} : { stickyForMs: toMs(stickyFor) }),
    ...(graceEndsEarly === undefined ? {} : { graceEndsEarly }),
    ...(graceDepth === undefined ? {} : { graceDepth }),
    ...(replay === undefined ? {} : { replay }),
    ...(revocationDelay === undefined ? {} : { revocationDelayMs: toMs(revocationDelay) }),
    ...(birthDelay === undefined ? {} : { birthDelayMs: toMs(birthDelay) }),
    ...(eviction === undefined ? {} : { eviction }),
    ...(grantsCounted === undefined ? {} : { grantsCounted }),
    ...(evaluatedAbove === undefined ? {} : { evaluatedAboveMs: toMs(evaluatedAbove) }),
    ...(refreshOfOnly === undefined
      ? {}
      : {
          refreshOfOnly: {
            scopes: refreshOfOnly.scopes,
            refresh: refreshOf({ kind: 'unlimited' }, refreshOfOnly),
          },
        }),
    ...(liveAccessTokens === undefined
      ? {}
      : { liveAccessTokens: liveAccessTokens === 'unlimited' ? Number.POSITIVE_INFINITY : liveAccessTokens }),
    ...(callsPerWindow === undefined ? {} : { callsPerWindow }),
    ...(askedTtl === undefined ? {} : { askedTtl: boundsOf(askedTtl) }),
    ...(askedRefreshTtl === undefined ? {} : { askedRefreshTtl: boundsOf(askedRefreshTtl) }),
  };
}

const boundsOf = ({ min, max }: { readonly min: string; readonly max: string }) => ({
  minMs: toMs(min),
  maxMs: toMs(max),
});

function accessOf(access: AccessLifetime, knobs: ServiceKnobs): AccessLifetime {
  const { accessTtl, statedTtl, sessionTimeout, sessionCountsAfter } = knobs;
  if (sessionTimeout !== undefined || (access.kind === 'sliding' && accessTtl === undefined)) {
    const before = access.kind === 'sliding' ? access : { ttlMs: 0, countsAfter: 0 };
    return {
      kind: 'sliding',
      ttlMs: sessionTimeout === undefined ? before.ttlMs : toMs(sessionTimeout),
      countsAfter: sessionCountsAfter ?? before.countsAfter,
    };
  }
  const lifetime = accessTtl === undefined ? access : ofTtl(accessTtl);
  return lifetime.kind === 'fixed' && statedTtl !== undefined
    ? { ...lifetime, statedMs: statedTtl.startsWith('-') ? -toMs(statedTtl.slice(1)) : toMs(statedTtl) }
    : lifetime;
}

function ofTtl(accessTtl: NonNullable<ServiceKnobs['accessTtl']>): AccessLifetime {
  if (accessTtl === 'never') return { kind: 'never' };
  return typeof accessTtl === 'string'
    ? { kind: 'fixed', ttlMs: toMs(accessTtl) }
    : { kind: 'range', minMs: toMs(accessTtl.min), maxMs: toMs(accessTtl.max) };
}

function refreshOf(
  refresh: RefreshLifetime,
  { refreshTtl, refreshCap, refreshIdle }: Pick<ServiceKnobs, 'refreshTtl' | 'refreshCap' | 'refreshIdle'>,
): RefreshLifetime {
  if (refreshIdle !== undefined && refreshCap !== undefined) {
    return { kind: 'idle-and-cap', windowMs: toMs(refreshIdle), capMs: toMs(refreshCap) };
  }
  if (refreshIdle !== undefined) return { kind: 'idle', windowMs: toMs(refreshIdle) };
  if (refreshCap !== undefined) return { kind: 'absolute', ttlMs: toMs(refreshCap) };
  if (refreshTtl === undefined) return refresh;
  if (refreshTtl === 'none') return { kind: 'none' };
  return refreshTtl === 'never' ? { kind: 'unlimited' } : { kind: 'fixed', ttlMs: toMs(refreshTtl) };
}

/** Milliseconds of a duration that the schema has let through. */
export function toMs(text: string): number {
  return parseDuration(text) ?? 0;
}
