// What a world keeps of every token pair that it ever minted, with its ledger.

import { startChild } from './child.ts';
import type { LoadOrder, LoadReport, Memory, Started } from './refresh-protocol.ts';

/** Bytes that stay for every rotation. */
export interface MemoryPerRotation {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** Lets so many accounts rotate their tokens so many times in all, and weighs the world before and after. */
export async function measureMemory(accounts: number, rotations: number): Promise<MemoryPerRotation> {
  const serving = startChild('refresh-world.ts', ['--expose-gc']);
  const loading = startChild('refresh-load.ts');
  try {
    const started = await serving.ask<Started>({ start: { service: 'plain', accounts } });
    const before = await serving.ask<Memory>({ memory: true });
    const order: LoadOrder = { ...started, answers: rotations, longestMs: 120_000 };
    const { answers } = await loading.ask<LoadReport>(order);
    const after = await serving.ask<Memory>({ memory: true });
    return {
      heapBytes: (after.heapBytes - before.heapBytes) / answers,
      residentBytes: (after.residentBytes - before.residentBytes) / answers,
    };
  } finally {
    await Promise.all([loading.end(), serving.end()]);
  }
}
