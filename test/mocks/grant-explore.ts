// Every sequence of moves around one grant: the engine is pure, so each position is visited once.

import { expect } from 'vitest';
import type { Outcome } from '../../mocks/grant.ts';
import type { Policy } from '../../mocks/policy.ts';
import { violations } from './grant-invariants.ts';
import { begin, type Move, make, moves, type Position } from './grant-moves.ts';

/** What an exploration found. */
export interface Explored {
  /** The first violations found, each with the commands that led to it. */
  readonly wrong: readonly string[];
  readonly reached: Readonly<Record<string, readonly string[]>>;
}

/** Tries every sequence of these moves up to a length, from the first consent under a policy. */
export function explore(
  policy: Policy,
  length: number,
  movesFrom: (position: Position) => readonly Move[] = moves,
): Explored {
  const wrong: string[] = [];
  const reached = new Map<string, Set<string>>();
  const seen = new Set<string>();
  let frontier: readonly Position[] = [freeze(begin(policy))];
  for (let step = 1; step <= length; step++) {
    const next: Position[] = [];
    for (const position of frontier) {
      for (const move of movesFrom(position)) {
        const { position: led, step: made } = make(position, move);
        if (made !== null && 'command' in move) {
          const { kind } = move.command;
          reached.set(kind, (reached.get(kind) ?? new Set()).add(nameOf(made.outcome)));
          if (step <= 3) expect(make(position, move).step).toEqual(made);
          for (const what of violations(position.grant, move.command, made)) {
            if (wrong.length < 5)
              wrong.push(`${what}: ${JSON.stringify(move.command)} on ${keyOf(position)}`);
          }
        }
        if (step === length) continue;
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
