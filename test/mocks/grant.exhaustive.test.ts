// Every command sequence up to length five in small worlds: the engine is pure, so each position is visited once.

import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../mocks/grant.ts';
import type { Policy } from '../../mocks/policy.ts';
import { violations } from './grant-invariants.ts';
import { begin, make, moves, type Position } from './grant-moves.ts';

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
    },
    outcomes: outcomesOf(`${REFRESH} idle`, `${USE} expired`, `${REVOKE_TOKEN} evicted expired idle`),
  },
  {
    name: 'a session that slides after its half',
    policy: {
      ...plain,
      access: { kind: 'sliding', ttlMs: 10, countsAfter: 0.5 },
      refresh: { kind: 'unlimited' },
      rotation: 'none',
    },
    outcomes: outcomesOf(REFRESH, `${USE} expired`, `${REVOKE_TOKEN} evicted expired`),
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
    const { wrong, reached } = explore(policy);
    expect(wrong).toEqual([]);
    expect(reached).toEqual(outcomes);
  });
});

interface Explored {
  /** The first violations found, each with the commands that led to it. */
  readonly wrong: readonly string[];
  readonly reached: Outcomes;
}

function explore(policy: Policy): Explored {
  const wrong: string[] = [];
  const reached = new Map<string, Set<string>>();
  const seen = new Set<string>();
  let frontier: readonly Position[] = [freeze(begin(policy))];
  for (let length = 1; length <= LENGTH; length++) {
    const next: Position[] = [];
    for (const position of frontier) {
      for (const move of moves(position)) {
        const { position: led, step } = make(position, move);
        if (step !== null && 'command' in move) {
          const { kind } = move.command;
          reached.set(kind, (reached.get(kind) ?? new Set()).add(nameOf(step.outcome)));
          if (length <= 3) expect(make(position, move).step).toEqual(step);
          for (const what of violations(position.grant, move.command, step)) {
            if (wrong.length < 5)
              wrong.push(`${what}: ${JSON.stringify(move.command)} on ${keyOf(position)}`);
          }
        }
        if (length === LENGTH) continue;
        const key = keyOf(led);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(freeze(led));
      }
    }
    frontier = next;
  }
  const sorted = [...reached].map(([kind, names]) => [kind, [...names].sort()] as const);
  return { wrong, reached: Object.fromEntries(sorted) };
}

const nameOf = (outcome: Outcome) => (outcome.kind === 'refused' ? outcome.cause : outcome.kind);

function keyOf({ grant: { policy: _, ...rest }, nowMs }: Position): string {
  return `${nowMs} ${JSON.stringify(rest)}`;
}

// An engine that changed its input would throw here.
function freeze(position: Position): Position {
  deepFreeze(position.grant);
  return position;
}

function deepFreeze(value: object): void {
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
}
