// A grant whose older tokens were put away must answer every command as one that still holds them all.

import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../mocks/authority.ts';
import type { Command, Grant } from '../../mocks/grant.ts';
import { type Policy, SERVICES, seededRandomness } from '../../mocks/index.ts';
import { accessRefusal } from '../../mocks/lifetimes.ts';
import { issue } from '../../mocks/minting.ts';
import { transition } from '../../mocks/transition.ts';

const ROTATIONS = 40;
const EVERY_MS = 60_000;
const ACCOUNT = { id: 'acme-plain', tenant: 'acme' };
const plain = SERVICES.find(({ id }) => id === 'plain');
if (plain === undefined) throw new Error('there is no service "plain"');
const { policy: strict } = plain;

const brief: Policy = { ...strict, access: { kind: 'fixed', ttlMs: 10 * EVERY_MS } };

const POLICIES: Readonly<Record<string, Policy>> = {
  'strict rotation': brief,
  'strict rotation, and no access token dies': { ...strict, access: { kind: 'never' } },
  'a long grace, and a logout that ends it all': {
    ...strict,
    graceMs: 2 * ROTATIONS * EVERY_MS,
    revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
  },
  'a grace, and the newest dies': {
    ...brief,
    graceMs: 5 * EVERY_MS,
    reuse: 'newest-revoked',
    oldAccess: 'dies',
  },
  'a session that slides': {
    ...strict,
    access: { kind: 'sliding', ttlMs: 3 * EVERY_MS, countsAfter: 0.5 },
    reuse: 'refused',
  },
  'a sticky refresh token whose grace its child ends': {
    ...brief,
    rotation: 'sticky',
    stickyForMs: 2 * EVERY_MS,
    graceMs: 5 * EVERY_MS,
    graceEndsEarly: 'when-child-used',
  },
  'a long grace that the first use of the child ends, and two living access tokens': {
    ...strict,
    access: { kind: 'never' },
    liveAccessTokens: 2,
    graceMs: 2 * ROTATIONS * EVERY_MS,
    graceEndsEarly: 'when-child-used',
    reuse: 'refused',
  },
  'a grace of the one before only, with companions and replays': {
    ...strict,
    graceMs: 2 * ROTATIONS * EVERY_MS,
    graceDepth: 'previous',
    replay: 'same-child',
    oldAccess: 'dies-after-grace',
  },
  'companions that outlive a long grace': {
    ...strict,
    access: { kind: 'never' },
    graceMs: 30 * EVERY_MS,
    oldAccess: 'dies-after-grace',
    reuse: 'newest-and-access-revoked',
    revocationDelayMs: 3 * EVERY_MS,
  },
  'twenty living access tokens, late to be known': {
    ...strict,
    access: { kind: 'never' },
    liveAccessTokens: 20,
    birthDelayMs: 2 * EVERY_MS,
    graceMs: 2 * ROTATIONS * EVERY_MS,
    replay: 'same-child',
  },
  'one refresh token for ever': { ...brief, rotation: 'none', refresh: { kind: 'unlimited' } },
};

/** The same life twice: in the books, which put older tokens away, and in the engine alone. */
function twoLives(policy: Policy) {
  const service = { ...plain, policy } as NonNullable<typeof plain>;
  const authority = createAuthority(service, seededRandomness(1));
  authority.addAccount(ACCOUNT);
  const scopes = ['read', 'write'];
  authority.consent({ account: ACCOUNT, clientId: 'client', scopes, offline: true, atMs: 0 });
  const id = `${ACCOUNT.id}/grant-1`;
  let shadow: Grant = issue(policy, {
    id,
    clientId: 'client',
    scopes,
    atMs: 0,
    offline: true,
    fresh: { access: `${ACCOUNT.id}/at-1`, refresh: `${ACCOUNT.id}/rt-1` },
  }).grant;
  const tell = (command: Command) => {
    const { grant, outcome } = transition(shadow, command);
    shadow = grant;
    return { inBooks: authority.apply(id, command), alone: outcome };
  };
  const refresh = (token: string, atMs: number) =>
    tell({
      kind: 'refresh',
      atMs,
      token,
      clientId: 'client',
      scopes: null,
      fresh: authority.fresh(ACCOUNT.id),
    });
  for (let nth = 1; nth <= ROTATIONS; nth++) {
    const { inBooks, alone } = refresh(shadow.refreshTokens.at(-1)?.id ?? '', nth * EVERY_MS);
    expect(inBooks).toEqual(alone);
  }
  return { authority, tell, refresh, all: () => shadow };
}

const END_MS = (ROTATIONS + 1) * EVERY_MS;

/** What is done to a grant at its end: to each token that was ever minted, and to all of them. */
function deeds(grant: Grant): Command[] {
  const atMs = END_MS;
  const { accessTokens, refreshTokens } = grant;
  const ids = [...accessTokens, ...refreshTokens].map(({ id }) => id);
  const fresh = {
    access: `${ACCOUNT.id}/at-${accessTokens.length + 1}`,
    refresh: `${ACCOUNT.id}/rt-${refreshTokens.length + 1}`,
  };
  return [
    ...ids.flatMap((token): Command[] => [
      { kind: 'refresh', atMs, token, clientId: 'client', scopes: null, fresh },
      { kind: 'use', atMs, token, needsOneOf: ['write'] },
      { kind: 'revoke-token', atMs, token },
    ]),
    { kind: 'revoke', atMs, cause: 'revoked-by-user' },
    { kind: 'end-access', atMs, cause: 'session-ended' },
    { kind: 'end-refresh', atMs, cause: 'reauth-required' },
    { kind: 'evict', atMs },
    { kind: 'narrow-scope', atMs, scopes: ['read'] },
    { kind: 'bar', atMs, bar: { cause: 'ip-restricted', from: 'both' } },
  ];
}

describe.each(Object.entries(POLICIES))('%s', (_, policy) => {
  test('the grant stays small', () => {
    const { authority, all } = twoLives(policy);
    const [held] = authority.grantsOf(ACCOUNT.id);
    expect(all().accessTokens.length).toBe(ROTATIONS + 1);
    expect(held?.accessTokens.length).toBeLessThan(33);
    expect(held?.refreshTokens.length).toBeLessThan(33);
  });

  test('whatever is done to it, each token meets the fate that it meets in the engine', () => {
    for (const deed of deeds(twoLives(policy).all())) {
      const { authority, tell, refresh, all } = twoLives(policy);
      const { inBooks, alone } = tell(deed);
      expect(inBooks).toEqual(alone);
      const { accessTokens, refreshTokens } = all();
      for (const token of accessTokens) {
        const held = authority.grantOf(authority.record(token.id)).accessTokens;
        const isDead = accessRefusal(token, END_MS) !== null;
        expect(held).toContainEqual(isDead ? { ...token, scopes: expect.anything() } : token);
      }
      for (const token of refreshTokens)
        expect(authority.grantOf(authority.record(token.id)).refreshTokens).toContainEqual(token);
      const next = refresh(refreshTokens.at(-1)?.id ?? '', END_MS + 1);
      expect(next.inBooks).toEqual(next.alone);
    }
  });
});
