// What must hold of every single step of the engine, told apart from the engine's own code: both engine tests use it.

import type { AccessToken, Command, Grant, Outcome, RefreshToken, Transition } from '../../mocks/grant.ts';
import type { AccessLifetime, Policy } from '../../mocks/policy.ts';

/** What is wrong with one step; empty = nothing. */
export function violations(before: Grant, command: Command, { grant: after, outcome }: Transition): string[] {
  return [
    ...identityKept(before, after),
    ...idsUnique(after),
    ...scopesWithin(after),
    ...deadStaysDead(before, command, after),
    ...mintsOnlyWhenGranted(before, command, after, outcome),
    ...effectsAreTrue(before, command, after, outcome),
    ...rightVerdict(before, command, outcome),
    ...rightConsequence(before, command, after, outcome),
    ...slidesRightly(before, command, after),
    ...graceIsRight(before, command, after, outcome),
    ...companionsDieTogether(after),
  ];
}

/** The moment at which a refresh token dies of age, by the definition of each lifetime; Infinity = never. */
export function endOfRefreshMs({ policy, consentedAtMs }: Grant, token: RefreshToken): number {
  const lifetime = policy.refresh;
  switch (lifetime.kind) {
    case 'none':
    case 'unlimited':
      return Number.POSITIVE_INFINITY;
    case 'fixed':
      return token.issuedAtMs + lifetime.ttlMs;
    case 'absolute':
      return consentedAtMs + lifetime.ttlMs;
    case 'idle':
      return token.usedAtMs + lifetime.windowMs;
    case 'idle-and-cap':
      return Math.min(token.usedAtMs + lifetime.windowMs, consentedAtMs + lifetime.capMs);
  }
}

/** Whether a refresh token can be exchanged at `atMs`. */
export function isLiveRefresh(grant: Grant, token: RefreshToken, atMs: number): boolean {
  return token.ended === null && !isSpent(token, atMs) && atMs < endOfRefreshMs(grant, token);
}

const isSpent = ({ honouredUntilMs }: RefreshToken, atMs: number) =>
  honouredUntilMs !== null && atMs >= honouredUntilMs;

/** Whether an access token lives at `atMs`; its end may be settled already. */
export function isLiveAccess({ ended, expiresAtMs }: AccessToken, atMs: number): boolean {
  return (ended === null || atMs < ended.atMs) && (expiresAtMs === null || atMs < expiresAtMs);
}

function identityKept(before: Grant, after: Grant): string[] {
  const same =
    before.id === after.id &&
    (before.policy === after.policy || before.policy.refreshableAs === after.policy) &&
    before.clientId === after.clientId &&
    before.consentedAtMs === after.consentedAtMs;
  return same ? [] : ['a command changed what a grant is'];
}

function idsUnique({ accessTokens, refreshTokens }: Grant): string[] {
  const ids = [...accessTokens, ...refreshTokens].map(({ id }) => id);
  return new Set(ids).size === ids.length ? [] : [`ids are not unique: ${ids}`];
}

function scopesWithin({ scopes, accessTokens }: Grant): string[] {
  const wider = accessTokens.filter((token) => token.scopes.some((scope) => !scopes.includes(scope)));
  return wider.map(({ id }) => `${id} has a scope that its grant lacks`);
}

function deadStaysDead(before: Grant, { atMs }: Command, after: Grant): string[] {
  const wrong: string[] = [];
  if (before.ended !== null && after.ended !== before.ended) wrong.push('the end of a grant was changed');
  before.accessTokens.forEach((token, index) => {
    const now = after.accessTokens[index];
    if (now?.id !== token.id) wrong.push(`${token.id} was forgotten`);
    else if (!isLiveAccess(token, atMs) && isLiveAccess(now, atMs))
      wrong.push(`${token.id} came back to life`);
    else if (token.ended !== null && now.ended !== token.ended && !isSooner(now, token, atMs))
      wrong.push(`the end of ${token.id} was changed`);
  });
  before.refreshTokens.forEach((token, index) => {
    const now = after.refreshTokens[index];
    if (now?.id !== token.id) wrong.push(`${token.id} was forgotten`);
    else if (!isLiveRefresh(before, token, atMs) && isLiveRefresh(after, now, atMs))
      wrong.push(`${token.id} came back to life`);
    else if (token.ended !== null && now.ended !== token.ended)
      wrong.push(`the end of ${token.id} was changed`);
  });
  if (after.ended !== null) {
    const lastMs = after.ended.atMs + (after.policy.revocationDelayMs ?? 0);
    const alive =
      after.accessTokens.some((token) => isLiveAccess(token, Math.max(atMs, lastMs))) ||
      after.refreshTokens.some((token) => isLiveRefresh(after, token, atMs));
    if (alive) wrong.push('a token outlived its grant');
  }
  return wrong;
}

// An end that is still to come may give way to an earlier one.
const isSooner = (now: AccessToken, before: AccessToken, atMs: number) =>
  before.ended !== null &&
  now.ended !== null &&
  before.ended.atMs > atMs &&
  now.ended.atMs < before.ended.atMs;

function mintsOnlyWhenGranted(before: Grant, command: Command, after: Grant, outcome: Outcome): string[] {
  const newAccess = after.accessTokens.slice(before.accessTokens.length);
  const newRefresh = after.refreshTokens.slice(before.refreshTokens.length);
  if (outcome.kind !== 'granted') {
    const minted =
      newAccess.length + newRefresh.length > 0 || outcome.effects.some(({ kind }) => kind === 'minted');
    return minted ? [`"${outcome.kind}" minted a token`] : [];
  }
  if (command.kind === 'make-refreshable')
    return newAccess.length === 1 && newRefresh.length === 1 ? [] : ['an exchange gave no pair'];
  if (command.kind !== 'refresh') return [`"${command.kind}" was granted tokens`];
  const wrong: string[] = [];
  const [access] = newAccess;
  const [refresh] = newRefresh;
  const spent = before.refreshTokens.find(({ id }) => id === command.token);
  const presented = after.refreshTokens.find(({ id }) => id === command.token);
  const again = spent === undefined ? null : replayed(before, spent, command);
  if (again?.access === null || again === null) {
    if (newAccess.length !== 1 || access !== outcome.access || access?.id !== command.fresh.access)
      wrong.push('a refresh gave no access token, or several, or told of another');
    if (access?.companion !== outcome.refresh?.id) wrong.push('an access token has another companion');
    if (access?.expiresAtMs !== endByPolicy(before.policy.access, command))
      wrong.push('an access token has another lifetime than the policy says');
    if (access?.knownFromMs !== bornAt(before.policy.birthDelayMs, command.atMs))
      wrong.push('an access token is known too soon or too late');
  } else if (newAccess.length !== 0 || outcome.access.id !== again.access) {
    wrong.push('a replay gave another access token than the first time');
  }
  const rotates = spent !== undefined && mustRotate(before.policy, spent, command.atMs);
  if (outcome.rotated !== rotates) wrong.push('a refresh rotated against the policy');
  if (again !== null) {
    if (newRefresh.length !== 0 || outcome.refresh?.id !== again.refresh)
      wrong.push('a replay gave another refresh token than the first time');
  } else if (rotates) {
    if (newRefresh.length !== 1 || refresh !== outcome.refresh || refresh?.id !== command.fresh.refresh)
      wrong.push('a rotation gave no refresh token, or several, or told of another');
    if (presented?.honouredUntilMs === null || refresh?.parent !== presented?.id)
      wrong.push('a rotation left the old refresh token unspent, or its successor an orphan');
  } else if (
    newRefresh.length !== 0 ||
    outcome.refresh !== presented ||
    presented?.honouredUntilMs !== null
  ) {
    wrong.push('the refresh token changed without a rotation');
  }
  if (presented?.usedAtMs !== command.atMs) wrong.push('a refresh did not count as a use');
  return wrong;
}

/** Whether the use of a refresh token must replace it. */
function mustRotate({ rotation, stickyForMs = 0 }: Policy, token: RefreshToken, atMs: number): boolean {
  if (rotation === 'sticky') return token.honouredUntilMs !== null || atMs - token.issuedAtMs >= stickyForMs;
  return rotation === 'every-use';
}

/** The ids that a replay must hand out again; access null = a new one. Null where this is no such replay. */
function replayed(
  before: Grant,
  spent: RefreshToken,
  { atMs, scopes }: Extract<Command, { kind: 'refresh' }>,
): { readonly refresh: string; readonly access: string | null } | null {
  if (before.policy.replay !== 'same-child' || spent.honouredUntilMs === null) return null;
  const child = before.refreshTokens.filter((token) => token.parent === spent.id).at(-1);
  if (child?.honouredUntilMs !== null || !isLiveRefresh(before, child, atMs)) return null;
  const newest = before.accessTokens.filter(({ companion }) => companion === child.id).at(-1);
  const wanted = [...(scopes ?? before.scopes)].sort().join();
  const isSame = newest !== undefined && [...newest.scopes].sort().join() === wanted;
  return { refresh: child.id, access: isSame && isLiveAccess(newest, atMs) ? newest.id : null };
}

const bornAt = (delayMs: number | undefined, atMs: number) => (delayMs === undefined ? null : atMs + delayMs);

function graceIsRight(before: Grant, command: Command, after: Grant, outcome: Outcome): string[] {
  const { graceMs, graceDepth, graceEndsEarly } = before.policy;
  const { atMs } = command;
  const granted = command.kind === 'refresh' && outcome.kind === 'granted';
  const presented = granted ? before.refreshTokens.find(({ id }) => id === command.token) : undefined;
  const newest = after.refreshTokens.at(-1);
  return before.refreshTokens.flatMap((token, index) => {
    const now = after.refreshTokens[index]?.honouredUntilMs ?? null;
    const { honouredUntilMs } = token;
    const isIn = honouredUntilMs !== null && honouredUntilMs > atMs;
    const cutShort =
      presented !== undefined &&
      token !== presented &&
      isIn &&
      ((graceEndsEarly === 'when-child-used' && presented.parent === token.id) ||
        (graceDepth === 'previous' && newest?.parent !== token.id));
    const isSpentNow =
      token === presented && honouredUntilMs === null && mustRotate(before.policy, token, atMs);
    const expected = cutShort ? atMs : isSpentNow ? atMs + graceMs : honouredUntilMs;
    return now === expected ? [] : [`${token.id} is honoured until ${now}, expected ${expected}`];
  });
}

function companionsDieTogether({ policy, accessTokens, refreshTokens }: Grant): string[] {
  return accessTokens.flatMap((token) => {
    const end = refreshTokens.find(({ id }) => id === token.companion)?.honouredUntilMs ?? null;
    const isSuperseded = token.ended?.cause === 'superseded';
    if (policy.oldAccess === 'lives-on' && isSuperseded) return [`${token.id} was superseded`];
    if (policy.oldAccess !== 'dies-after-grace') return [];
    if (isSuperseded && token.ended?.atMs !== end) return [`${token.id} ends before its companion`];
    return end !== null && isLiveAccess(token, end) ? [`${token.id} outlives its companion`] : [];
  });
}

function endByPolicy(access: AccessLifetime, { atMs, fresh }: Extract<Command, { kind: 'refresh' }>) {
  if (access.kind === 'never') return null;
  if (access.kind !== 'range') return atMs + access.ttlMs;
  return (
    atMs + access.minMs + Math.floor(((access.maxMs - access.minMs) / 1000 + 1) * (fresh.draw ?? 0)) * 1000
  );
}

function effectsAreTrue(before: Grant, { atMs }: Command, after: Grant, outcome: Outcome): string[] {
  const died = [
    ...after.accessTokens.filter(({ ended }, index) => ended !== (before.accessTokens[index]?.ended ?? null)),
    ...after.refreshTokens.filter(
      ({ ended }, index) => ended !== (before.refreshTokens[index]?.ended ?? null),
    ),
  ];
  const fates = died.map(({ id, ended }) => `${id} from ${ended?.atMs}`);
  const told = outcome.effects
    .filter(({ kind }) => kind === 'revoked' || kind === 'evicted')
    .map(({ token, fromMs = atMs }) => `${token} from ${fromMs}`);
  const living = [
    ...before.accessTokens.filter((token) => isLiveAccess(token, atMs)),
    ...before.refreshTokens.filter((token) => isLiveRefresh(before, token, atMs)),
  ].map(({ id }) => id);
  const wrong: string[] = [];
  const minted = [
    ...after.accessTokens
      .slice(before.accessTokens.length)
      .map(({ id, expiresAtMs }) => `${id} until ${expiresAtMs ?? Number.POSITIVE_INFINITY}`),
    ...after.refreshTokens
      .slice(before.refreshTokens.length)
      .map((token) => `${token.id} until ${endOfRefreshMs(after, token)}`),
  ];
  const toldMinted = outcome.effects
    .filter(({ kind }) => kind === 'minted')
    .map(({ token, expiresAtMs }) => `${token} until ${expiresAtMs ?? Number.POSITIVE_INFINITY}`);
  if (minted.join() !== toldMinted.join()) wrong.push(`minted ${minted}, told of ${toldMinted}`);
  const replaced = after.refreshTokens
    .slice(before.refreshTokens.length)
    .filter(({ parent }) => parent !== null)
    .map(({ id, parent }) => `${parent} by ${id}`);
  const toldReplaced = outcome.effects
    .filter(({ kind }) => kind === 'rotated')
    .map(({ token, successor }) => `${token} by ${successor}`);
  if (replaced.join() !== toldReplaced.join()) wrong.push(`replaced ${replaced}, told of ${toldReplaced}`);
  if (fates.sort().join() !== told.sort().join()) wrong.push(`ended ${fates}, told of ${told}`);
  for (const { id } of died) if (!living.includes(id)) wrong.push(`${id} died twice`);
  return wrong;
}

// The verdict is exactly as the policy says, in both directions: nothing passes that must not, nothing is refused in vain.
function rightVerdict(before: Grant, command: Command, outcome: Outcome): string[] {
  const { atMs } = command;
  if (command.kind === 'refresh') {
    const token = before.refreshTokens.find(({ id }) => id === command.token);
    const should =
      token !== undefined &&
      command.clientId === before.clientId &&
      isLiveRefresh(before, token, atMs) &&
      !before.bars.some(({ from }) => from !== 'use') &&
      (command.scopes ?? []).every((scope) => before.scopes.includes(scope)) &&
      !before.accessTokens.slice(-1).some((newest) => isFresh(before.policy, newest, atMs));
    return (outcome.kind === 'granted') === should
      ? []
      : [`a refresh was ${outcome.kind}, should be ${should}`];
  }
  if (command.kind === 'make-refreshable') {
    const token = before.accessTokens.find(({ id }) => id === command.token);
    const should =
      token !== undefined &&
      before.policy.refreshableAs !== undefined &&
      isKnownAndLive(token, atMs) &&
      !before.bars.some(({ from }) => from !== 'use');
    return (outcome.kind === 'granted') === should
      ? []
      : [`an exchange was ${outcome.kind}, should be ${should}`];
  }
  if (command.kind === 'use') {
    const token = before.accessTokens.find(({ id }) => id === command.token);
    const { needsOneOf } = command;
    const should =
      token !== undefined &&
      isKnownAndLive(token, atMs) &&
      !before.bars.some(({ from }) => from !== 'refresh') &&
      (needsOneOf.length === 0 || needsOneOf.some((scope) => token.scopes.includes(scope)));
    return (outcome.kind === 'allowed') === should ? [] : [`a use was ${outcome.kind}, should be ${should}`];
  }
  // A spent token still names its family; any other dead token is not there to be revoked.
  const should = command.kind !== 'revoke-token' || isRevocable(before, command.token, atMs);
  return (outcome.kind === 'done') === should
    ? []
    : [`"${command.kind}" was ${outcome.kind}, should be ${should}`];
}

const isFresh = ({ noRefreshBeforeMs = 0 }: Policy, token: AccessToken, atMs: number) =>
  isLiveAccess(token, atMs) && atMs - token.issuedAtMs < noRefreshBeforeMs;

const isKnownAndLive = (token: AccessToken, atMs: number) =>
  isLiveAccess(token, atMs) && (token.knownFromMs === null || atMs >= token.knownFromMs);

function isRevocable(grant: Grant, id: string, atMs: number): boolean {
  const access = grant.accessTokens.find((token) => token.id === id);
  const refresh = grant.refreshTokens.find((token) => token.id === id);
  if (refresh === undefined) return access !== undefined && isLiveAccess(access, atMs);
  return refresh.ended === null && (isSpent(refresh, atMs) || isLiveRefresh(grant, refresh, atMs));
}

/** What should be left alive after a step, by the id of the token. */
function rightConsequence(before: Grant, command: Command, after: Grant, outcome: Outcome): string[] {
  const { atMs } = command;
  const access = before.accessTokens.filter((token) => isLiveAccess(token, atMs)).map(({ id }) => id);
  const refresh = before.refreshTokens
    .filter((token) => isLiveRefresh(before, token, atMs))
    .map(({ id }) => id);
  const fate = expectedSurvivors(before, command, outcome, { access, refresh });
  const left = {
    access: after.accessTokens.filter((token) => isLiveAccess(token, atMs)).map(({ id }) => id),
    refresh: after.refreshTokens.filter((token) => isLiveRefresh(after, token, atMs)).map(({ id }) => id),
    ended: after.ended !== null,
  };
  const expected = { ...fate, ended: fate.ended || before.ended !== null };
  return JSON.stringify(left) === JSON.stringify(expected)
    ? []
    : [`${command.kind} left ${JSON.stringify(left)}, expected ${JSON.stringify(expected)}`];
}

interface Living {
  readonly access: readonly string[];
  readonly refresh: readonly string[];
}

function expectedSurvivors(
  before: Grant,
  command: Command,
  outcome: Outcome,
  living: Living,
): Living & { readonly ended: boolean } {
  const { policy, refreshTokens } = before;
  const all = { ...living, ended: false };
  // Revoked access tokens last for the delay.
  const revoked = (ids: readonly string[]) => ((policy.revocationDelayMs ?? 0) > 0 ? ids : []);
  const none = { access: revoked(living.access), refresh: [], ended: true };
  switch (command.kind) {
    case 'revoke':
      return none;
    case 'evict':
      return policy.eviction === 'all-tokens' ? none : { ...all, refresh: [] };
    case 'end-access':
      return { ...all, access: revoked(living.access) };
    case 'end-refresh':
      return { ...all, refresh: [] };
    case 'revoke-token': {
      if (outcome.kind === 'refused') return all;
      const ofRefresh = refreshTokens.some(({ id }) => id === command.token);
      if (ofRefresh) return policy.revocation.ofRefresh === 'grant' ? none : { ...all, refresh: [] };
      if (policy.revocation.ofAccess === 'grant') return none;
      const isKept = (id: string) => id !== command.token || revoked([id]).length > 0;
      return { ...all, access: living.access.filter(isKept) };
    }
    case 'refresh': {
      if (outcome.kind === 'refused' && outcome.cause === 'rotated') {
        if (policy.reuse === 'refused') return all;
        if (policy.reuse === 'newest-and-access-revoked') return { ...none, ended: false };
        return policy.reuse === 'family-revoked' ? none : { ...all, refresh: [] };
      }
      if (outcome.kind !== 'granted') return all;
      return survivorsOfRefresh(before, command, living);
    }
    case 'make-refreshable': {
      if (outcome.kind !== 'granted') return all;
      const limit = policy.refreshableAs?.liveAccessTokens ?? Number.POSITIVE_INFINITY;
      const access = [...living.access, command.fresh.access].slice(-limit);
      return { access, refresh: [...living.refresh, command.fresh.refresh], ended: false };
    }
    case 'use':
    case 'narrow-scope':
    case 'bar':
    case 'unbar':
      return all;
  }
}

function survivorsOfRefresh(
  before: Grant,
  command: Extract<Command, { kind: 'refresh' }>,
  living: Living,
): Living & { readonly ended: boolean } {
  const { policy, refreshTokens, accessTokens } = before;
  const { atMs, fresh } = command;
  const { graceMs, graceDepth, graceEndsEarly, liveAccessTokens = Number.POSITIVE_INFINITY } = policy;
  const presented = refreshTokens.find(({ id }) => id === command.token);
  if (presented === undefined) return { ...living, ended: false };
  const again = replayed(before, presented, command);
  const rotates = mustRotate(policy, presented, atMs);
  const refresh = living.refresh.filter((id) => {
    const token = refreshTokens.find((one) => one.id === id);
    if (id === presented.id) return !rotates || presented.honouredUntilMs !== null || graceMs > 0;
    if (token?.honouredUntilMs === null) return true;
    if (graceEndsEarly === 'when-child-used' && presented.parent === id) return false;
    return !(graceDepth === 'previous' && rotates);
  });
  const minted = rotates && again === null ? [fresh.refresh] : [];
  if (again !== null && again.access !== null) return { access: living.access, refresh, ended: false };
  const older = living.access.filter((id) => {
    const companion = accessTokens.find((one) => one.id === id)?.companion ?? null;
    if (policy.oldAccess === 'dies-after-grace')
      return companion === null || !living.refresh.includes(companion) || refresh.includes(companion);
    return policy.oldAccess === 'lives-on';
  });
  const access = [...older, fresh.access].slice(-liveAccessTokens);
  return { access, refresh: [...refresh, ...minted], ended: false };
}

// Each activity that counts puts the end off by the whole lifetime.
const lastTouchMs = ({ expiresAtMs }: AccessToken, ttlMs: number) =>
  (expiresAtMs ?? Number.POSITIVE_INFINITY) - ttlMs;

function slidesRightly(before: Grant, command: Command, after: Grant): string[] {
  return before.accessTokens.flatMap((token, index) => {
    const now = after.accessTokens[index];
    const { access } = before.policy;
    const counts =
      access.kind === 'sliding' &&
      command.kind === 'use' &&
      command.token === token.id &&
      isKnownAndLive(token, command.atMs) &&
      !before.bars.some(({ from }) => from !== 'refresh') &&
      command.atMs - lastTouchMs(token, access.ttlMs) >= access.ttlMs * access.countsAfter;
    const expected = counts ? command.atMs + access.ttlMs : token.expiresAtMs;
    return now?.expiresAtMs === expected
      ? []
      : [`${token.id} ends at ${now?.expiresAtMs}, expected ${expected}`];
  });
}
