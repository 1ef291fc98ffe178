// The runs of all specimens, kept with what each check said of them, so that they can be judged again without being run.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Check, Judgement, Run } from '../../harness/check.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { examine } from '../specimens/examine.ts';
import { SPECIMENS, type Specimen } from '../specimens/index.ts';

/** One run of a specimen, and what each check said of it. */
export interface Recording {
  readonly specimen: string;
  readonly run: Run;
  readonly verdicts: Readonly<Record<string, Judgement['verdict']>>;
}

const FOLDER = join(import.meta.dirname, '..', '..', '.hour4', 'recordings');

/** The runs of a specimen; it is run where they are not on disk yet. */
export async function recordingsOf(specimen: Specimen): Promise<readonly Recording[]> {
  const file = join(FOLDER, `${specimen.id.replaceAll(/[: ]+/g, '-')}.json.gz`);
  if (existsSync(file)) return JSON.parse(gunzipSync(readFileSync(file)).toString());
  const recordings = await record(specimen);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, gzipSync(JSON.stringify(recordings)));
  return recordings;
}

async function record(specimen: Specimen): Promise<readonly Recording[]> {
  const verdicts = new Map<Run, Record<string, Judgement['verdict']>>();
  const listening = CHECKS.map(
    (check): Check => ({
      ...check,
      judge: (run) => {
        const judgement = check.judge(run);
        verdicts.set(run, { ...verdicts.get(run), [check.id]: judgement.verdict });
        return judgement;
      },
    }),
  );
  const outDir = join(tmpdir(), `hour4-recording-${process.pid}`);
  try {
    await examine(specimen, { outDir, checks: listening });
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
  return [...verdicts].map(([run, said]) => ({ specimen: specimen.id, run, verdicts: said }));
}

if (import.meta.main) {
  for (const specimen of SPECIMENS) {
    const runs = await recordingsOf(specimen);
    console.log(`${specimen.id}: ${runs.length} runs`);
  }
}
