// The runs of all specimens, kept with the checks that were asked, so that they can be judged again without being run.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Check, Run } from '../../harness/check.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { examine } from '../specimens/examine.ts';
import type { Specimen } from '../specimens/index.ts';

/** One run of a specimen, and the checks that its story asks. */
export interface Recording {
  readonly specimen: string;
  readonly run: Run;
  readonly checks: readonly string[];
}

const FOLDER = join(import.meta.dirname, '..', '..', '.hour4', 'recordings');

const fileOf = ({ id }: Specimen) => join(FOLDER, `${id.replaceAll(/[: ]+/g, '-')}.json.gz`);

/** Whether the runs of a specimen are on disk. */
export const isRecorded = (specimen: Specimen) => existsSync(fileOf(specimen));

/** The runs of a specimen; it is run where they are not on disk yet. */
export async function recordingsOf(specimen: Specimen): Promise<readonly Recording[]> {
  const file = fileOf(specimen);
  if (existsSync(file)) return JSON.parse(gunzipSync(readFileSync(file)).toString());
  const recordings = await record(specimen);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, gzipSync(JSON.stringify(recordings)));
  return recordings;
}

async function record(specimen: Specimen): Promise<readonly Recording[]> {
  const asked = new Map<Run, string[]>();
  const listening = CHECKS.map(
    (check): Check => ({
      ...check,
      judge: (run) => {
        asked.set(run, [...(asked.get(run) ?? []), check.id]);
        return check.judge(run);
      },
    }),
  );
  const outDir = join(tmpdir(), `hour4-recording-${process.pid}`);
  try {
    const { scenarios } = await examine(specimen, { outDir, checks: listening });
    const errors = scenarios.flatMap(({ findings }) => findings.filter(({ verdict }) => verdict === 'error'));
    if (errors[0] !== undefined) throw new Error(`${specimen.id} could not be run: ${errors[0].message}`);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
  return [...asked].map(([run, checks]) => ({ specimen: specimen.id, run, checks }));
}
