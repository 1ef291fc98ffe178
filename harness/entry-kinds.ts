// The kinds of entries that a ledger can hold, by name: what a timeline may wait for.

import type { Entry } from './entry.ts';

const KINDS = {
  'exchange.opened': true,
  'exchange.answered': true,
  'exchange.lost': true,
  'token.minted': true,
  'token.rotated': true,
  'token.refused': true,
  'token.revoked': true,
  'token.evicted': true,
  'token.expired': true,
  'fault.applied': true,
  'gate.held': true,
  'gate.released': true,
  act: true,
  'host.unclaimed': true,
  'webhook.sent': true,
  'webhook.answered': true,
  blow: true,
  'process.started': true,
  'process.ready': true,
  'process.paused': true,
  'process.resumed': true,
  'process.exited': true,
  'process.killed': true,
  'clock.skewed': true,
  'call.skipped': true,
  'event.received': true,
  claim: true,
  sink: true,
  'folder.searched': true,
  leak: true,
  'call.sent': true,
  'call.returned': true,
} as const satisfies Readonly<Record<Entry['kind'], true>>;

export const ENTRY_KINDS: readonly string[] = Object.keys(KINDS);
