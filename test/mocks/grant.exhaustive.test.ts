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

/** Acts from outside come to nothing else, whatever the policy. */
const ALWAYS_DONE: Outcomes = {
  revoke: ['done'],
  'end-access': ['done'],
  'end-refresh': ['done'],
  'narrow-scope': ['done'],
  bar: ['done'],
  unbar: ['done'],
};

/** Between them the worlds hold every value of every knob; each pins which outcomes can be reached in it. */
const WORLDS: readonly {
  readonly name: string;
  readonly policy: Policy;
  readonly outcomes: Outcomes;
}[] = [
  {
    name: 'strict',
    policy: plain,
    outcomes: {
      refresh: [
        'evicted',
        'granted',
        'idle',
        'ip-restricted',
        'reused',
        'revoked-by-client',
        'revoked-by-user',
        'rotated',
        'scope-exceeds',
        'service-restricted',
        'unknown-token',
        'wrong-client',
      ],
      use: [
        'allowed',
        'expired',
        'ip-restricted',
        'reused',
        'revoked-by-client',
        'revoked-by-user',
        'scope-missing',
        'session-ended',
        'session-policy',
        'unknown-token',
      ],
      'revoke-token': [
        'done',
        'evicted',
        'expired',
        'idle',
        'reused',
        'revoked-by-client',
        'revoked-by-user',
        'session-ended',
        'unknown-token',
      ],
    },
  },
  {
    name: 'grace',
    policy: {
      ...plain,
      refresh: { kind: 'fixed', ttlMs: 12 },
      graceMs: 4,
      reuse: 'newest-revoked',
      oldAccess: 'dies',
      revocation: { ofRefresh: 'refresh-token-only', ofAccess: 'grant' },
    },
    outcomes: {
      refresh: [
        'evicted',
        'expired',
        'granted',
        'ip-restricted',
        'reused',
        'revoked-by-client',
        'revoked-by-user',
        'rotated',
        'scope-exceeds',
        'service-restricted',
        'unknown-token',
        'wrong-client',
      ],
      use: [
        'allowed',
        'expired',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-missing',
        'session-ended',
        'session-policy',
        'superseded',
        'unknown-token',
      ],
      'revoke-token': [
        'done',
        'evicted',
        'expired',
        'reused',
        'revoked-by-client',
        'revoked-by-user',
        'session-ended',
        'superseded',
        'unknown-token',
      ],
    },
  },
  {
    name: 'capped',
    policy: {
      ...plain,
      access: { kind: 'never' },
      refresh: { kind: 'idle-and-cap', windowMs: 8, capMs: 12 },
      graceMs: 3,
      reuse: 'refused',
    },
    outcomes: {
      refresh: [
        'capped',
        'evicted',
        'granted',
        'idle',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'rotated',
        'scope-exceeds',
        'service-restricted',
        'unknown-token',
        'wrong-client',
      ],
      use: [
        'allowed',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-missing',
        'session-ended',
        'session-policy',
        'unknown-token',
      ],
      'revoke-token': [
        'capped',
        'done',
        'evicted',
        'idle',
        'revoked-by-client',
        'revoked-by-user',
        'session-ended',
        'unknown-token',
      ],
    },
  },
  {
    name: 'sliding',
    policy: {
      ...plain,
      access: { kind: 'sliding', ttlMs: 10, countsAfter: 0.5 },
      refresh: { kind: 'unlimited' },
      rotation: 'none',
    },
    outcomes: {
      refresh: [
        'evicted',
        'granted',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-exceeds',
        'service-restricted',
        'unknown-token',
        'wrong-client',
      ],
      use: [
        'allowed',
        'expired',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-missing',
        'session-ended',
        'session-policy',
        'unknown-token',
      ],
      'revoke-token': [
        'done',
        'evicted',
        'expired',
        'revoked-by-client',
        'revoked-by-user',
        'session-ended',
        'unknown-token',
      ],
    },
  },
  {
    name: 'absolute',
    policy: {
      ...plain,
      access: { kind: 'sliding', ttlMs: 10, countsAfter: 0 },
      refresh: { kind: 'absolute', ttlMs: 15 },
      rotation: 'none',
      oldAccess: 'dies',
    },
    outcomes: {
      refresh: [
        'capped',
        'evicted',
        'granted',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-exceeds',
        'service-restricted',
        'unknown-token',
        'wrong-client',
      ],
      use: [
        'allowed',
        'expired',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-missing',
        'session-ended',
        'session-policy',
        'superseded',
        'unknown-token',
      ],
      'revoke-token': [
        'capped',
        'done',
        'evicted',
        'expired',
        'revoked-by-client',
        'revoked-by-user',
        'session-ended',
        'superseded',
        'unknown-token',
      ],
    },
  },
  {
    name: 'no refresh token',
    policy: { ...plain, refresh: { kind: 'none' }, rotation: 'none' },
    outcomes: {
      refresh: ['unknown-token'],
      use: [
        'allowed',
        'expired',
        'ip-restricted',
        'revoked-by-client',
        'revoked-by-user',
        'scope-missing',
        'session-ended',
        'session-policy',
        'unknown-token',
      ],
      'revoke-token': [
        'done',
        'expired',
        'revoked-by-client',
        'revoked-by-user',
        'session-ended',
        'unknown-token',
      ],
    },
  },
];

describe.each(WORLDS)('$name', ({ policy, outcomes }) => {
  test('every sequence keeps the invariants, and reaches exactly the outcomes that the policy allows', () => {
    const { wrong, reached } = explore(policy);
    expect(wrong).toEqual([]);
    expect(reached).toEqual({ ...ALWAYS_DONE, ...outcomes });
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
