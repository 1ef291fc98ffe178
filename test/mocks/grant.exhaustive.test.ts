// Every command sequence up to length five in small worlds: one for each way in which services differ.

import { describe, expect, test } from 'vitest';
import type { Policy } from '../../mocks/policy.ts';
import { explore } from './grant-explore.ts';

const LENGTH = 5;

const plain: Policy = {
  access: { kind: 'fixed', ttlMs: 10 },
  refresh: { kind: 'idle', windowMs: 25 },
  rotation: 'every-use',
  graceMs: 0,
  reuse: 'family-revoked',
  oldAccess: 'lives-on',
  revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
  grantsPerAccount: null,
  codeTtlMs: 1,
};

/** What each kind of command can come to: the causes of refusals, and `granted`, `allowed` or `done`. */
type Outcomes = Readonly<Record<string, readonly string[]>>;

// What can be reached under any policy that has a refresh token.
const REFRESH =
  'evicted granted ip-restricted revoked-by-client revoked-by-user scope-exceeds service-restricted unknown-token wrong-client';
const USE =
  'allowed ip-restricted revoked-by-client revoked-by-user scope-missing session-ended session-policy unknown-token';
const REVOKE_TOKEN = 'done revoked-by-client revoked-by-user session-ended unknown-token';

/** Outcomes as space-delimited words. Acts from outside come to nothing but `done`, whatever the policy. */
function outcomesOf(refresh: string, use: string, revokeToken: string): Outcomes {
  const words = (text: string) => text.split(' ').sort();
  return {
    refresh: words(refresh),
    use: words(use),
    'revoke-token': words(revokeToken),
    revoke: ['done'],
    'end-access': ['done'],
    'end-refresh': ['done'],
    evict: ['done'],
    'narrow-scope': ['done'],
    bar: ['done'],
    unbar: ['done'],
  };
}

/** Between them the worlds hold every value of every knob; each pins which outcomes can be reached in it. */
const WORLDS: readonly { readonly name: string; readonly policy: Policy; readonly outcomes: Outcomes }[] = [
  {
    name: 'strict rotation',
    policy: plain,
    outcomes: outcomesOf(
      `${REFRESH} idle reused rotated`,
      `${USE} expired reused`,
      `${REVOKE_TOKEN} evicted expired idle reused`,
    ),
  },
  {
    name: 'rotation with a grace',
    policy: {
      ...plain,
      refresh: { kind: 'fixed', ttlMs: 12 },
      graceMs: 4,
      reuse: 'newest-revoked',
      oldAccess: 'dies',
      revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'grant' },
    },
    outcomes: outcomesOf(
      `${REFRESH} capped reused rotated`,
      `${USE} expired superseded`,
      `${REVOKE_TOKEN} capped evicted expired reused superseded`,
    ),
  },
  {
    name: 'idle and capped, access for ever',
    policy: {
      ...plain,
      access: { kind: 'never' },
      refresh: { kind: 'idle-and-cap', windowMs: 8, capMs: 12 },
      graceMs: 3,
      reuse: 'refused',
    },
    outcomes: outcomesOf(`${REFRESH} capped idle rotated`, USE, `${REVOKE_TOKEN} capped evicted idle`),
  },
  {
    name: 'capped at the consent',
    policy: { ...plain, refresh: { kind: 'absolute', ttlMs: 15 }, reuse: 'refused', oldAccess: 'dies' },
    outcomes: outcomesOf(
      `${REFRESH} capped rotated`,
      `${USE} expired superseded`,
      `${REVOKE_TOKEN} capped evicted expired superseded`,
    ),
  },
  {
    name: 'one refresh token, kept by use',
    policy: {
      ...plain,
      refresh: { kind: 'idle', windowMs: 14 },
      rotation: 'none',
      revocation: { ofRefresh: 'grant', ofAccess: 'grant' },
      eviction: 'all-tokens',
    },
    outcomes: outcomesOf(`${REFRESH} idle`, `${USE} evicted expired`, `${REVOKE_TOKEN} evicted expired idle`),
  },
  {
    name: 'a session that slides after its half',
    policy: {
      ...plain,
      access: { kind: 'sliding', ttlMs: 10, countsAfter: 0.5 },
      refresh: { kind: 'unlimited' },
      rotation: 'none',
      noRefreshBeforeMs: 4,
    },
    outcomes: outcomesOf(`${REFRESH} too-early`, `${USE} expired`, `${REVOKE_TOKEN} evicted expired`),
  },
  {
    name: 'a sticky refresh token, whose grace its child ends',
    policy: {
      ...plain,
      rotation: 'sticky',
      stickyForMs: 4,
      graceMs: 8,
      graceEndsEarly: 'when-child-used',
      reuse: 'newest-and-access-revoked',
      oldAccess: 'dies-after-grace',
    },
    outcomes: outcomesOf(
      `${REFRESH} idle reused rotated`,
      `${USE} expired reused superseded`,
      `${REVOKE_TOKEN} evicted expired idle reused superseded`,
    ),
  },
  {
    name: 'a grace of the one before only, that hands the same pair out again',
    policy: {
      ...plain,
      graceMs: 8,
      graceDepth: 'previous',
      replay: 'same-child',
      liveAccessTokens: 2,
      birthDelayMs: 2,
    },
    outcomes: outcomesOf(
      `${REFRESH} idle reused rotated`,
      `${USE} crowded-out expired not-yet-known reused`,
      `${REVOKE_TOKEN} crowded-out evicted expired idle reused`,
    ),
  },
  {
    name: 'revocations that take effect late',
    policy: { ...plain, revocationDelayMs: 3, graceMs: 2, oldAccess: 'dies-after-grace' },
    outcomes: outcomesOf(
      `${REFRESH} idle reused rotated`,
      `${USE} expired reused superseded`,
      `${REVOKE_TOKEN} evicted expired idle reused superseded`,
    ),
  },
  {
    name: 'a long-lived token that becomes a pair',
    policy: {
      ...plain,
      access: { kind: 'never' },
      refresh: { kind: 'none' },
      rotation: 'none',
      refreshableAs: { ...plain, liveAccessTokens: 2 },
    },
    outcomes: {
      ...outcomesOf(
        `${REFRESH} idle reused rotated`,
        `${USE} crowded-out expired reused`,
        `${REVOKE_TOKEN} crowded-out evicted expired idle reused`,
      ),
      'make-refreshable': [
        'granted',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'service-restricted',
        'session-ended',
      ],
    },
  },
  {
    name: 'no refresh token, a session that always slides',
    policy: {
      ...plain,
      access: { kind: 'sliding', ttlMs: 10, countsAfter: 0 },
      refresh: { kind: 'none' },
      rotation: 'none',
    },
    outcomes: outcomesOf('unknown-token', `${USE} expired`, `${REVOKE_TOKEN} expired`),
  },
];

describe.each(WORLDS)('$name', ({ policy, outcomes }) => {
  test('every sequence keeps the invariants, and reaches exactly the outcomes that the policy allows', () => {
    const { wrong, reached } = explore(policy, LENGTH);
    expect(wrong).toEqual([]);
    expect(reached).toEqual(outcomes);
  });
});
