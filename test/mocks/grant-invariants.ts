// What must hold of every single step of the engine, told apart from the engine's own code: both engine tests use it.

import type { AccessToken, Command, Grant, Outcome, RefreshToken, Transition } from '../../mocks/grant.ts';
import type { AccessLifetime } from '../../mocks/policy.ts';

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
  return token.ended === null && !isSpent(grant, token, atMs) && atMs < endOfRefreshMs(grant, token);
}

function isSpent({ policy }: Grant, { spentAtMs }: RefreshToken, atMs: number): boolean {
  return spentAtMs !== null && atMs - spentAtMs >= policy.graceMs;
}

/** Whether an access token works at `atMs`, apart from bars and scopes. */
export function isLiveAccess(token: AccessToken, atMs: number): boolean {
  return token.ended === null && (token.expiresAtMs === null || atMs < token.expiresAtMs);
}

function identityKept(before: Grant, after: Grant): string[] {
  const same =
    before.id === after.id &&
    before.policy === after.policy &&
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
    else if (token.ended !== null && now.ended !== token.ended)
      wrong.push(`the end of ${token.id} was changed`);
  });
  before.refreshTokens.forEach((token, index) => {
    const now = after.refreshTokens[index];
    if (now?.id !== token.id) wrong.push(`${token.id} was forgotten`);
    else if (!isLiveRefresh(before, token, atMs) && isLiveRefresh(after, now, atMs))
      wrong.push(`${token.id} came back to life`);
    else if (token.ended !== null && now.ended !== token.ended)
      wrong.push(`the end of ${token.id} was changed`);
    else if (token.spentAtMs !== null && now.spentAtMs !== token.spentAtMs)
      wrong.push(`the spending of ${token.id} was changed`);
  });
  const alive =
    after.accessTokens.some((token) => isLiveAccess(token, atMs)) ||
    after.refreshTokens.some((token) => isLiveRefresh(after, token, atMs));
  if (after.ended !== null && alive) wrong.push('a token outlived its grant');
  return wrong;
}

function mintsOnlyWhenGranted(before: Grant, command: Command, after: Grant, outcome: Outcome): string[] {
  const newAccess = after.accessTokens.slice(before.accessTokens.length);
  const newRefresh = after.refreshTokens.slice(before.refreshTokens.length);
  if (outcome.kind !== 'granted') {
    const minted =
      newAccess.length + newRefresh.length > 0 || outcome.effects.some(({ kind }) => kind === 'minted');
    return minted ? [`"${outcome.kind}" minted a token`] : [];
  }
  if (command.kind !== 'refresh') return [`"${command.kind}" was granted tokens`];
  const wrong: string[] = [];
  const rotates = before.policy.rotation === 'every-use';
  const [access] = newAccess;
  const [refresh] = newRefresh;
  if (newAccess.length !== 1 || access !== outcome.access || access?.id !== command.fresh.access)
    wrong.push('a refresh gave no access token, or several, or told of another');
  if (outcome.rotated !== rotates) wrong.push('a refresh rotated against the policy');
  const presented = after.refreshTokens.find(({ id }) => id === command.token);
  if (rotates) {
    if (newRefresh.length !== 1 || refresh !== outcome.refresh || refresh?.id !== command.fresh.refresh)
      wrong.push('a rotation gave no refresh token, or several, or told of another');
    if (presented?.spentAtMs === null || presented?.successor !== refresh?.id)
      wrong.push('a rotation left the old refresh token unspent, or without its successor');
  } else if (newRefresh.length !== 0 || outcome.refresh !== presented || presented?.spentAtMs !== null) {
    wrong.push('the refresh token changed without a rotation');
  }
  if (outcome.refresh?.usedAtMs !== command.atMs) wrong.push('a refresh did not count as a use');
  if (access?.expiresAtMs !== endByPolicy(before.policy.access, command.atMs))
    wrong.push('an access token has another lifetime than the policy says');
  return wrong;
}

function endByPolicy(access: AccessLifetime, atMs: number): number | null {
  if (access.kind === 'never') return null;
  return atMs + (access.kind === 'range' ? access.minMs : access.ttlMs);
}

function effectsAreTrue(before: Grant, { atMs }: Command, after: Grant, outcome: Outcome): string[] {
  const died = [
    ...before.accessTokens.filter((token, index) => token.ended !== after.accessTokens[index]?.ended),
    ...before.refreshTokens.filter((token, index) => token.ended !== after.refreshTokens[index]?.ended),
  ].map(({ id }) => id);
  const told = outcome.effects
    .filter(({ kind }) => kind === 'revoked' || kind === 'evicted')
    .map(({ token }) => token);
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
    .filter(({ successor }, index) => successor !== (before.refreshTokens[index]?.successor ?? null))
    .map(({ id, successor }) => `${id} by ${successor}`);
  const toldReplaced = outcome.effects
    .filter(({ kind }) => kind === 'rotated')
    .map(({ token, successor }) => `${token} by ${successor}`);
  if (replaced.join() !== toldReplaced.join()) wrong.push(`replaced ${replaced}, told of ${toldReplaced}`);
  if (died.sort().join() !== told.sort().join()) wrong.push(`ended ${died}, told of ${told}`);
  for (const id of died) if (!living.includes(id)) wrong.push(`${id} died twice`);
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
      (command.scopes ?? []).every((scope) => before.scopes.includes(scope));
    return (outcome.kind === 'granted') === should
      ? []
      : [`a refresh was ${outcome.kind}, should be ${should}`];
  }
  if (command.kind === 'use') {
    const token = before.accessTokens.find(({ id }) => id === command.token);
    const { needsOneOf } = command;
    const should =
      token !== undefined &&
      isLiveAccess(token, atMs) &&
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

function isRevocable(grant: Grant, id: string, atMs: number): boolean {
  const access = grant.accessTokens.find((token) => token.id === id);
  const refresh = grant.refreshTokens.find((token) => token.id === id);
  if (refresh === undefined) return access !== undefined && isLiveAccess(access, atMs);
  return refresh.ended === null && (isSpent(grant, refresh, atMs) || isLiveRefresh(grant, refresh, atMs));
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
  { policy, refreshTokens }: Grant,
  command: Command,
  outcome: Outcome,
  living: Living,
): Living & { readonly ended: boolean } {
  const all = { ...living, ended: false };
  const none = { access: [], refresh: [], ended: true };
  switch (command.kind) {
    case 'revoke':
      return none;
    case 'end-access':
      return { ...all, access: [] };
    case 'end-refresh':
      return { ...all, refresh: [] };
    case 'revoke-token': {
      if (outcome.kind === 'refused') return all;
      const ofRefresh = refreshTokens.some(({ id }) => id === command.token);
      if (ofRefresh) return policy.revocation.ofRefresh === 'grant' ? none : { ...all, refresh: [] };
      if (policy.revocation.ofAccess === 'grant') return none;
      return { ...all, access: living.access.filter((id) => id !== command.token) };
    }
    case 'refresh': {
      if (outcome.kind === 'refused' && outcome.cause === 'rotated') {
        if (policy.reuse === 'refused') return all;
        return policy.reuse === 'family-revoked' ? none : { ...all, refresh: [] };
      }
      if (outcome.kind !== 'granted') return all;
      const older = policy.oldAccess === 'dies' ? [] : living.access;
      const spent = policy.rotation === 'every-use' && policy.graceMs === 0;
      const kept = spent ? living.refresh.filter((id) => id !== command.token) : living.refresh;
      const fresh = policy.rotation === 'every-use' ? [command.fresh.refresh] : [];
      return { access: [...older, command.fresh.access], refresh: [...kept, ...fresh], ended: false };
    }
    case 'use':
    case 'narrow-scope':
    case 'bar':
    case 'unbar':
      return all;
  }
}

function slidesRightly(before: Grant, command: Command, after: Grant): string[] {
  return before.accessTokens.flatMap((token, index) => {
    const now = after.accessTokens[index];
    const { access } = before.policy;
    const counts =
      access.kind === 'sliding' &&
      command.kind === 'use' &&
      command.token === token.id &&
      isLiveAccess(token, command.atMs) &&
      !before.bars.some(({ from }) => from !== 'refresh') &&
      command.atMs - token.touchedAtMs >= access.ttlMs * access.countsAfter;
    const expected = counts ? command.atMs + access.ttlMs : token.expiresAtMs;
    const touched = counts ? command.atMs : token.touchedAtMs;
    return now?.expiresAtMs === expected && now.touchedAtMs === touched
      ? []
      : [`${token.id} ends at ${now?.expiresAtMs}, expected ${expected} (touched ${touched})`];
  });
}
