// `npm run mutate [recorded]`: changes the checks in every way there is, and counts which changes the specimens and the tests notice.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPECIMENS } from '../specimens/index.ts';
import { caughtByMatrix } from './matrix.ts';
import { MUTANTS_FOLDER, type Mutant, makeMutants } from './mutants.ts';
import { isRecorded, type Recording, recordingsOf } from './recordings.ts';
import { mutationPage } from './report.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TESTS = 'test/checks';
/** The least that must be caught. */
const WANTED_PERCENT = 90;

/** In compressed and real time no run is like another. `recorded` = what is on disk already is enough for now. */
const RECORDED = SPECIMENS.filter(
  (specimen) => specimen.start.sort !== 'program' && (process.argv[2] !== 'recorded' || isRecorded(specimen)),
);

const folder = mkdtempSync(join(tmpdir(), 'hour4-mutants-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const mutants = await makeMutants();
const recordings: Recording[] = [];
for (const specimen of RECORDED) recordings.push(...(await recordingsOf(specimen)));
say(`${mutants.length} mutants, ${recordings.length} recorded runs`);

const { caught: byMatrix, atLoad } = await caughtByMatrix(mutants, RECORDED, recordings, (done) => {
  if (done % 500 === 0) say(`judged ${done}`);
});
const alive = mutants.filter(({ id }) => !byMatrix.has(id));
say(`${byMatrix.size} caught by the specimens, ${alive.length} left to the tests`);

const byTests = new Set(caughtByTests(alive.filter(({ id }) => !atLoad.has(id))));
let percent = report();
// Each of these needs a run of the tests to itself, so they come last, and the page says what is known by then.
for (const mutant of alive.filter(({ id }) => atLoad.has(id))) {
  if (!isCaughtAtLoad(mutant)) continue;
  byTests.add(mutant.id);
  percent = report();
}
say(`${percent.toFixed(1)} % caught`);
process.exitCode = percent < WANTED_PERCENT ? 1 : 0;

/** Writes the page; returns how many percent are caught so far. */
function report(): number {
  const numbers = { specimens: RECORDED.length, runs: recordings.length };
  writeFileSync(join(ROOT, 'docs', 'mutation.md'), mutationPage({ mutants, ...numbers, byMatrix, byTests }));
  return ((byMatrix.size + byTests.size) / mutants.length) * 100;
}

/** All at once: each test calls the mutants that it comes by, one after the other. */
function caughtByTests(sleeping: readonly Mutant[]): readonly string[] {
  const list = join(folder, 'alive.json');
  const caught = join(folder, 'caught');
  writeFileSync(list, JSON.stringify(sleeping.map(({ id }) => id)));
  writeFileSync(caught, '');
  execFileSync(...vitest([TESTS]), {
    cwd: ROOT,
    env: { ...process.env, MUTANTS_ALIVE: list, MUTANTS_CAUGHT: caught },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return readFileSync(caught, 'utf8').split('\n').filter(Boolean);
}

/** One that acts while the sources are read needs a run of its own, of the tests that read its file. */
function isCaughtAtLoad({ id, file }: Mutant): boolean {
  const tests = readdirSync(join(ROOT, TESTS)).filter(
    (name) => name.endsWith('.test.ts') && readsFile(name, file),
  );
  if (tests.length === 0) return false;
  const env = { ...process.env, __STRYKER_ACTIVE_MUTANT__: id };
  const { status } = spawnSync(...vitest(['--bail=1', ...tests.map((name) => `${TESTS}/${name}`)]), {
    cwd: ROOT,
    env,
    stdio: 'ignore',
  });
  return status !== 0;
}

function readsFile(test: string, file: string): boolean {
  const text = readFileSync(join(ROOT, TESTS, test), 'utf8');
  const read = [...text.matchAll(/scenarios\/checks\/([^']+)'/g)].map(([, name = '']) => name);
  return read.some(
    (name) => name === file || readFileSync(join(MUTANTS_FOLDER, name), 'utf8').includes(`'./${file}'`),
  );
}

function vitest(args: readonly string[]): [string, string[]] {
  const program = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  return [process.execPath, [program, 'run', '--config', 'test/mutation/vitest.config.ts', ...args]];
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}
