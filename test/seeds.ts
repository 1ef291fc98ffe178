// A specimen at many seeds: other data, other latencies, other jitter, and the same verdicts.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { examine } from './specimens/examine.ts';
import type { Specimen } from './specimens/index.ts';

/** What a specimen failed at one seed. */
export interface AtSeed {
  readonly seed: number;
  readonly letter: string | null;
  /** The checks that failed or broke, in catalogue order. */
  readonly failed: readonly string[];
  /** What they said, with the story in front. */
  readonly said: readonly string[];
}

/** Examines a specimen at a seed; in all its stories where none are named. */
export async function atSeed(
  specimen: Specimen,
  seed: number,
  stories?: readonly Scenario[],
): Promise<AtSeed> {
  const outDir = mkdtempSync(join(tmpdir(), 'hour4-seed-'));
  try {
    const { grade, scenarios } = await examine(specimen, { outDir, seed, ...(stories && { stories }) });
    const failures = scenarios.flatMap(({ id, variant, findings }) =>
      findings
        .filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
        .map(({ check, message }) => ({
          check,
          said: `${[id, variant].filter(Boolean).join('--')} ${check}: ${message}`,
        })),
    );
    return {
      seed,
      letter: grade.letter,
      failed: CHECKS.map(({ id }) => id).filter((id) => failures.some(({ check }) => check === id)),
      said: failures.map(({ said }) => said),
    };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
