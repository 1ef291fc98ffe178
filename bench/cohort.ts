// A cohort over the function transport: so many accounts with one-hour tokens, for some virtual hours.

import { startChild } from './child.ts';

/** How large and how long. */
export interface CohortOrder {
  readonly accounts: number;
  /** Virtual ones. */
  readonly hours: number;
}

/** What one cohort showed. */
export interface CohortReport {
  /** Real time from nothing to the end of the last hour. */
  readonly elapsedMs: number;
  /** The most memory that the process ever held. */
  readonly residentBytes: number;
  readonly refreshes: number;
  /** The most refreshes within one virtual second, and what an even spread would have brought. */
  readonly peakPerSecond: number;
  readonly uniformPerSecond: number;
}

/** V8 collects garbage only when it must; told to hold less, it shows what is needed. */
const HEAP = ['--max-old-space-size=150', '--max-semi-space-size=8'];

/** Runs one cohort in a process of its own. */
export async function measureCohort(order: CohortOrder): Promise<CohortReport> {
  const running = startChild('cohort-world.ts', HEAP);
  try {
    return await running.ask<CohortReport>(order);
  } finally {
    await running.end();
  }
}
