// A grant as a client lives with it: it rests, calls and refreshes, and a clock that the test sets goes along.

import type { Command, Grant, Outcome } from '../../mocks/grant.ts';
import type { Policy } from '../../mocks/policy.ts';
import { transition } from '../../mocks/transition.ts';
import { begin, CLIENT } from './grant-moves.ts';

/** One client with one grant. Tokens are `at-1`, `rt-1` and so on; the newest where none is named. */
export interface Life {
  readonly grant: Grant;
  readonly nowMs: number;
  rest(ms: number): void;
  refresh(token?: string, askedTtlMs?: number): Outcome;
  /** `ok`, or why the call was refused. */
  use(token?: string): string;
  revoke(): void;
}

/** A grant under a policy, from its consent at the moment 0. */
export function liveUnder(policy: Policy): Life {
  let { grant, nowMs } = begin(policy);
  const tell = (command: Command): Outcome => {
    const step = transition(grant, command);
    grant = step.grant;
    return step.outcome;
  };
  return {
    get grant() {
      return grant;
    },
    get nowMs() {
      return nowMs;
    },
    rest: (ms) => {
      nowMs += ms;
    },
    refresh: (token = grant.refreshTokens.at(-1)?.id ?? 'none', askedTtlMs) =>
      tell({
        kind: 'refresh',
        atMs: nowMs,
        token,
        clientId: CLIENT,
        scopes: null,
        fresh: {
          access: `at-${grant.accessTokens.length + 1}`,
          refresh: `rt-${grant.refreshTokens.length + 1}`,
        },
        ...(askedTtlMs === undefined ? {} : { askedTtlMs }),
      }),
    use: (token = grant.accessTokens.at(-1)?.id ?? 'none') => {
      const outcome = tell({ kind: 'use', atMs: nowMs, token, needsOneOf: [] });
      return outcome.kind === 'refused' ? outcome.cause : 'ok';
    },
    revoke: () => void tell({ kind: 'revoke', atMs: nowMs, cause: 'revoked-by-user' }),
  };
}
