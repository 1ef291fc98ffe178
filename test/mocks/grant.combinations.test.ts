// Every combination of the knobs around rotation, and in each every sequence of what a careless client does.

import { expect, test } from 'vitest';
import type { Command } from '../../mocks/grant.ts';
import type { Policy } from '../../mocks/policy.ts';
import { explore } from './grant-explore.ts';
import { CLIENT, type Move, moves, type Position } from './grant-moves.ts';

const LENGTH = 5;

const ROTATION = [{ rotation: 'every-use' }, { rotation: 'sticky', stickyForMs: 3 }] as const;
const ENDS_EARLY = [{}, { graceEndsEarly: 'when-child-used' }] as const;
const DEPTH = [{}, { graceDepth: 'previous' }] as const;
const REPLAY = [{}, { replay: 'same-child' }] as const;
const OLD_ACCESS = [
  { oldAccess: 'lives-on' },
  { oldAccess: 'dies' },
  { oldAccess: 'dies-after-grace' },
] as const;
const LIMIT = [{}, { liveAccessTokens: 1 }, { liveAccessTokens: 2 }] as const;
const DELAYS = [{}, { revocationDelayMs: 3, birthDelayMs: 2 }] as const;
const REUSE = ['refused', 'newest-revoked', 'newest-and-access-revoked', 'family-revoked'] as const;

const base = {
  access: { kind: 'fixed', ttlMs: 10 },
  refresh: { kind: 'idle', windowMs: 25 },
  graceMs: 6,
  revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
  grantsPerAccount: null,
  codeTtlMs: 1,
} as const;

const combinations = ROTATION.flatMap((rotation) =>
  ENDS_EARLY.flatMap((endsEarly) =>
    DEPTH.flatMap((depth) =>
      REPLAY.flatMap((replay) =>
        OLD_ACCESS.flatMap((oldAccess) =>
          LIMIT.flatMap((limit) =>
            DELAYS.map((delays) => ({
              ...rotation,
              ...endsEarly,
              ...depth,
              ...replay,
              ...oldAccess,
              ...limit,
              ...delays,
            })),
          ),
        ),
      ),
    ),
  ),
);

// Refreshes with every refresh token, logs out, and lets time pass.
const careless = (position: Position): readonly Move[] =>
  moves(position).filter(
    (move) =>
      'untilMs' in move ||
      move.command.kind === 'revoke' ||
      (isPlainRefresh(move) && isKnown(position, move)),
  );

const isPlainRefresh = ({ command }: { readonly command: Command }) =>
  command.kind === 'refresh' && command.clientId === CLIENT && command.scopes === null;

const isKnown = ({ grant }: Position, { command }: { readonly command: Command }) =>
  'token' in command && grant.refreshTokens.some(({ id }) => id === command.token);

// What reuse does is a knob that none of the others meets: each combination takes the next of its values.
test.each(REUSE.map((reuse, nth) => [nth, reuse] as const))(
  'no sequence breaks an invariant (%i: reuse %s)',
  (nth, reuse) => {
    for (const knobs of combinations.filter((_, index) => index % REUSE.length === nth)) {
      const policy: Policy = { ...base, ...knobs, reuse };
      const { wrong } = explore(policy, LENGTH, careless);
      expect(wrong, JSON.stringify(knobs)).toEqual([]);
    }
  },
);
