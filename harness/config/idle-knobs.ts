// Knobs that would say nothing beside the others, or deny what another one says: told before anything runs.

import type { Service } from '../../mocks/index.ts';
import { type AccessLifetime, FOREVER_MS, type RefreshLifetime } from '../../mocks/policy.ts';
import type { ServiceKnobs } from './knobs.ts';

/** A knob, whether it has a say, and what is the matter if not. */
type Need = readonly [keyof ServiceKnobs, boolean, string];

const NO_REFRESH = 'says nothing without a refresh token';
const NO_ROTATION = 'says nothing without rotation';
const NO_GRACE = 'says nothing without rotation and a grace';
const NO_LIFETIME = 'says nothing where access tokens have no fixed lifetime';
const NO_EXPIRY = 'says nothing where access tokens never expire';
const NO_LIMIT = 'says nothing without grantsPerAccount';

/** The first knob that says nothing in this service, which has them all in force, with what is the matter; null = none. */
export function idleKnob(
  service: Service,
  knobs: ServiceKnobs,
): { readonly knob: string; readonly why: string } | null {
  const needs = [
    ...ofAccess(service),
    ...ofRefresh(service),
    ...ofRotation(service),
    ...ofWords(service, knobs),
  ];
  const idle = needs.find(([knob, isMet]) => knobs[knob] !== undefined && !isMet);
  return idle === undefined ? null : { knob: idle[0], why: idle[2] };
}

function ofAccess({ policy, statesLifetime }: Service): readonly Need[] {
  const { access, birthDelayMs = 0 } = policy;
  const hasLifetime = access.kind === 'fixed' || access.kind === 'range';
  return [
    ['statedTtl', access.kind === 'fixed', NO_LIFETIME],
    ['statedTtl', statesLifetime, 'says nothing where answers state no lifetime'],
    ['askedTtl', hasLifetime, NO_LIFETIME],
    ['evaluatedAbove', access.kind !== 'never', NO_EXPIRY],
    ['sessionCountsAfter', access.kind === 'sliding', 'says nothing without sessionTimeout'],
    [
      'birthDelay',
      birthDelayMs < longestMs(access),
      'is no shorter than accessTtl: no token would ever work',
    ],
    ['callWindow', policy.callsPerWindow !== undefined, 'says nothing without callsPerWindow'],
  ];
}

function ofRefresh({ policy }: Service): readonly Need[] {
  const { refresh, grantsPerAccount, eviction } = policy;
  const hasRefresh = refresh.kind !== 'none';
  const losesSomething = grantsPerAccount === null || hasRefresh || eviction === 'all-tokens';
  return [
    ['noRefreshBefore', hasRefresh, NO_REFRESH],
    ['revokingRefresh', hasRefresh, NO_REFRESH],
    ['askedRefreshTtl', refresh.kind === 'fixed', 'says nothing without refreshTtl'],
    ['refreshIdle', isIdleFirst(refresh), 'is no shorter than refreshCap, which would always come first'],
    [
      'grantsPerAccount',
      losesSomething,
      'needs eviction: all-tokens where there is no refresh token to lose',
    ],
    ['grantsCounted', grantsPerAccount !== null, NO_LIMIT],
    ['eviction', grantsPerAccount !== null, NO_LIMIT],
  ];
}

function ofRotation({ policy }: Service): readonly Need[] {
  const { refresh, rotation, stickyForMs, graceMs, graceEndsEarly, graceDepth, reuse, oldAccess } = policy;
  const { liveAccessTokens = Number.POSITIVE_INFINITY } = policy;
  const hasRefresh = refresh.kind !== 'none';
  const replaces = hasRefresh && rotation !== 'none';
  const hasGrace = replaces && graceMs > 0;
  const graceEnds = graceMs < FOREVER_MS || graceEndsEarly !== undefined;
  const isOutlived = refresh.kind !== 'fixed' || (stickyForMs ?? 0) < refresh.ttlMs;
  return [
    ['rotation', rotation !== 'sticky' || stickyForMs !== undefined, 'sticky needs stickyFor, e.g. 24h'],
    ['rotation', hasRefresh || rotation === 'none', NO_REFRESH],
    ['stickyFor', rotation === 'sticky', 'says nothing without rotation: sticky'],
    ['stickyFor', isOutlived, 'is no shorter than refreshTtl: no token would live to be replaced'],
    ['graceEndsEarly', hasGrace, NO_GRACE],
    ['graceDepth', hasGrace, NO_GRACE],
    ['replay', hasGrace, NO_GRACE],
    ['grace', replaces || graceMs === 0, NO_ROTATION],
    ['reuse', replaces || reuse === 'refused', NO_ROTATION],
    [
      'reuse',
      graceEnds || graceDepth === 'previous' || reuse === 'refused',
      'says nothing under a grace that never ends',
    ],
    ['oldAccess', oldAccess !== 'dies-after-grace' || replaces, 'dies-after-grace needs rotation'],
    ['oldAccess', oldAccess !== 'dies-after-grace' || graceEnds, 'dies-after-grace needs a grace that ends'],
    ['oldAccess', hasRefresh || oldAccess === 'lives-on', NO_REFRESH],
    [
      'liveAccessTokens',
      oldAccess !== 'dies' || !hasRefresh || liveAccessTokens === Number.POSITIVE_INFINITY,
      'says nothing where a refresh ends the access token before it',
    ],
  ];
}

function ofWords({ policy, endpoints, tokenRequest }: Service, knobs: ServiceKnobs): readonly Need[] {
  const paths = [endpoints.token[0], ...endpoints.revoke, ...endpoints.authorize];
  const areDistinct = new Set(paths).size === paths.length;
  const isPublic = tokenRequest.clientAuth[0] === 'none';
  const hasRefresh = policy.refresh.kind !== 'none';
  const saysNull = knobs.refreshToken === 'null-unless-new';
  const isStated = policy.access.kind !== 'never' || knobs.expiresIn === 'absent';
  const insists = knobs.insistsOn?.includes('clientAuth') !== true;
  return [
    ['expiresIn', isStated, NO_EXPIRY],
    ['refreshToken', hasRefresh || saysNull, NO_REFRESH],
    ['insistsOn', !isPublic || insists, 'clientAuth says nothing of clients without a secret'],
    ...(['tokenPath', 'revokePath', 'authorizePath'] as const).map(
      (knob) => [knob, areDistinct, 'is the path of another endpoint, too'] as const,
    ),
  ];
}

function longestMs(access: AccessLifetime): number {
  if (access.kind === 'never') return Number.POSITIVE_INFINITY;
  return access.kind === 'range' ? access.maxMs : access.ttlMs;
}

const isIdleFirst = (refresh: RefreshLifetime) =>
  refresh.kind !== 'idle-and-cap' || refresh.windowMs < refresh.capMs;
