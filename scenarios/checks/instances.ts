// How a check puts what it found into one judgement: the first instance in words, the number of further ones, all evidence.

import type { Judgement } from '../../harness/check.ts';

/** One thing that a subject did wrong. */
export interface Instance {
  readonly atMs: number;
  /** Whole sentences. */
  readonly message: string;
  /** Ledger sequence numbers. */
  readonly evidence: readonly number[];
}

/** Enough to follow a finding up; the ledger has the rest. */
const EVIDENCE_SHOWN = 50;

/** A failure, from at least one instance. */
export function failure(
  instances: readonly Instance[],
  fix: string,
): Judgement & { readonly verdict: 'fail' } {
  const inOrder = [...instances].sort((a, b) => a.atMs - b.atMs);
  const first = inOrder[0];
  if (first === undefined) throw new Error('a failure needs an instance');
  const evidence = [...new Set(inOrder.flatMap((instance) => instance.evidence))];
  return {
    verdict: 'fail',
    message: `${first.message}${furtherInstances(inOrder.length - 1)}`,
    fix,
    evidence: evidence.slice(0, EVIDENCE_SHOWN).sort((a, b) => a - b),
    atMs: first.atMs,
  };
}

function furtherInstances(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' It happened once more.' : ` It happened ${count} more times.`;
}

/** `1 row`, `3 rows`, `2 refreshes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
