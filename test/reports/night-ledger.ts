// A ledger by hand that has a little of everything a picture shows.

import type { Draft } from '../../harness/entry.ts';
import { createLedger, type Ledger } from '../../harness/ledger.ts';

const HOUR = 3_600_000;

/** A ledger by hand, with so many accounts at `plain`. */
export function ledgerOf(accounts: number, entries: readonly (readonly [atMs: number, Draft])[]): Ledger {
  let nowMs = 0;
  const ledger = createLedger(
    {
      kind: 'world',
      schema: 'hour4/ledger@1',
      seed: 1,
      start: '2026-03-02T22:00:00.000Z',
      mode: 'exact',
      scenario: 'overnight-run',
      variant: null,
      untilMs: 6 * HOUR,
      accounts: Array.from({ length: accounts }, (_, nth) => ({
        id: `acme-${nth}`,
        service: 'plain',
        tenant: 'acme',
        statesLifetime: true,
        rotates: true,
        graceMs: 0,
        reuse: 'family-revoked' as const,
      })),
    },
    () => nowMs,
  );
  for (const [atMs, draft] of entries) {
    nowMs = atMs;
    ledger.append(draft);
  }
  return ledger;
}

const token = { party: 'world', service: 'plain', account: 'acme-0', exchange: null };
const exchange = {
  party: 'agent',
  exchange: 'x-1',
  service: 'plain',
  effect: 'write',
  account: 'acme-0',
  meantFor: null,
  token: 'acme-0/rt-1',
} as const;

/** One account whose token dies, is replaced, and is revoked. */
export const NIGHT_LEDGER: Ledger = ledgerOf(1, [
  [0, { kind: 'token.minted', ...token, token: 'acme-0/at-1', tokenKind: 'access', expiresAt: HOUR }],
  [0, { kind: 'token.minted', ...token, token: 'acme-0/rt-1', tokenKind: 'refresh', expiresAt: null }],
  [HOUR, { kind: 'token.expired', ...token, token: 'acme-0/at-1' }],
  [
    HOUR,
    {
      kind: 'exchange.opened',
      ...exchange,
      endpoint: 'token',
      route: 'token',
      method: 'POST',
      path: '/t',
      query: {},
      body: null,
    },
  ],
  [HOUR, { kind: 'gate.held', party: 'agent', gate: 'g', exchange: 'x-1' }],
  [HOUR + 5, { kind: 'token.rotated', ...token, token: 'acme-0/rt-1', successor: 'acme-0/rt-2' }],
  [
    HOUR + 9,
    {
      kind: 'exchange.answered',
      ...exchange,
      endpoint: 'token',
      route: 'token',
      status: 200,
      truth: 'ok',
      committed: true,
      body: null,
      retryAfterMs: null,
    },
  ],
  [2 * HOUR, { kind: 'act', party: 'world', act: 'revoke', service: 'plain', account: 'acme-0' }],
  [
    3 * HOUR,
    {
      kind: 'exchange.answered',
      ...exchange,
      endpoint: 'resource',
      route: 'items.list',
      status: 401,
      truth: 'revoked-by-user',
      committed: true,
      body: null,
      retryAfterMs: null,
    },
  ],
  [4 * HOUR, { kind: 'claim', party: 'agent', claim: { status: 'completed' }, from: 'json' }],
]);
