// A grant whose dead tokens were put away must answer every command as one that still holds them all.

import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../mocks/authority.ts';
import { type Command, type Grant, issue, transition } from '../../mocks/grant.ts';
import { type Policy, SERVICES, seededRandomness } from '../../mocks/index.ts';

const ROTATIONS = 60;
const EVERY_MS = 60_000;
const ACCOUNT = { id: 'acme-plain', tenant: 'acme' };
const plain = SERVICES.find(({ id }) => id === 'plain');
if (plain === undefined) throw new Error('there is no service "plain"');
const { policy: strict } = plain;

const brief: Policy = { ...strict, access: { kind: 'fixed', ttlMs: 10 * EVERY_MS } };

const POLICIES: Readonly<Record<string, Policy>> = {
  'strict rotation': brief,
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
  'one refresh token for ever': { ...brief, rotation: 'none', refresh: { kind: 'unlimited' } },
};

/** The same life twice: in the books, which put dead tokens away, and in the engine alone. */
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
      fresh: authority.freshIds(ACCOUNT.id),
    });
  for (let nth = 1; nth <= ROTATIONS; nth++) {
    const { inBooks, alone } = refresh(shadow.refreshTokens.at(-1)?.id ?? '', nth * EVERY_MS);
    expect(inBooks).toEqual(alone);
  }
  return { authority, tell, refresh, all: () => shadow };
}

const END_MS = (ROTATIONS + 1) * EVERY_MS;

describe.each(Object.entries(POLICIES))('%s', (_, policy) => {
  test('the grant stays small', () => {
    const { authority, all } = twoLives(policy);
    const [held] = authority.grantsOf(ACCOUNT.id);
    expect(all().accessTokens.length).toBe(ROTATIONS + 1);
    expect(held?.accessTokens.length).toBeLessThan(20);
    expect(held?.refreshTokens.length).toBeLessThan(20);
  });

  test.each(['refresh', 'revoke-token', 'use'] as const)(
    '%s: every token ever minted meets its true fate',
    (kind) => {
      const { all: minted } = twoLives(policy);
      const { accessTokens, refreshTokens } = minted();
      for (const { id } of kind === 'refresh'
        ? refreshTokens
        : kind === 'use'
          ? accessTokens
          : [...accessTokens, ...refreshTokens]) {
        const { tell, refresh, authority, all } = twoLives(policy);
        const command = { kind, atMs: END_MS, token: id, needsOneOf: [] } as Command;
        const { inBooks, alone } = kind === 'refresh' ? refresh(id, END_MS) : tell(command);
        expect(inBooks).toEqual(alone);
        for (const token of all().accessTokens) {
          const record = authority.token(authority.value(token.id));
          const held = record === null ? null : authority.grantOf(record).accessTokens;
          expect(held).toContainEqual(token);
        }
        const next = refresh(all().refreshTokens.at(-1)?.id ?? '', END_MS + 1);
        expect(next.inBooks).toEqual(next.alone);
      }
    },
  );
});
