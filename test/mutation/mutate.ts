// `npm run mutate`: changes the checks in every way there is, and counts which changes the specimens and the tests notice.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from '../browser/chromium.ts';
import { SPECIMENS } from '../specimens/index.ts';
import { caughtByTests, isCaughtAtLoad } from './by-tests.ts';
import { caughtByMatrix } from './matrix.ts';
import { makeMutants } from './mutants.ts';
import { ROOT } from './parts.ts';
import { isRecorded, type Recording, recordingsOf } from './recordings.ts';
import { aliveText, type Mutation, mutationPage, percentCaught } from './report.ts';

const USAGE = `npm run mutate                    records what is not on disk, judges every change, and writes docs/mutation.md
npm run mutate record             only records
npm run mutate -- only FILE...    judges the changes to some files by what is on disk, and prints which are not noticed`;
/** The least that must be caught. */
const WANTED_PERCENT = 90;

const [way = 'all', ...files] = process.argv.slice(2);
if (!['all', 'record', 'only'].includes(way) || (way === 'only') !== files.length > 0) {
  console.error(
    `There is no way to mutate that is called ${[way, ...files].join(' ')}. There are:\n${USAGE}`,
  );
  process.exit(2);
}

// One story needs a person at a browser.
if (chromiumPath() === null) {
  console.error('There is no Chromium, and it could not be installed: apt-get install chromium.');
  process.exit(2);
}
// In compressed and real time no run is like another.
const specimens = SPECIMENS.filter(
  (specimen) => specimen.start.sort !== 'program' && (way !== 'only' || isRecorded(specimen)),
);
const recordings: Recording[] = [];
for (const specimen of specimens) recordings.push(...(await recordingsOf(specimen)));
say(`${recordings.length} recorded runs of ${specimens.length} specimens`);

if (way === 'only') {
  console.log(aliveText(await judged(files, () => {})));
} else if (way === 'all') {
  const page = join(ROOT, 'docs', 'mutation.md');
  const mutation = await judged(null, (known) => writeFileSync(page, mutationPage(known)));
  process.exitCode = percentCaught(mutation) < WANTED_PERCENT ? 1 : 0;
}

/** What comes of the changes to some files, or to all; tells in between what is known by then. */
async function judged(
  names: readonly string[] | null,
  onKnown: (known: Mutation) => void,
): Promise<Mutation> {
  const mutants = await makeMutants(names);
  // The tests first: they take milliseconds where the recorded runs take seconds.
  const byTests = new Set(caughtByTests(mutants));
  const left = mutants.filter(({ id }) => !byTests.has(id));
  say(`${byTests.size} of ${mutants.length} caught by the tests, ${left.length} left to the specimens`);

  const { caught: byMatrix, atLoad } = await caughtByMatrix(left, specimens, recordings, (done) => {
    if (done % 500 === 0) say(`judged ${done} of ${left.length}`);
  });
  const numbers = { specimens: specimens.length, runs: recordings.length };
  const mutation: Mutation = { mutants, ...numbers, byMatrix, byTests };
  onKnown(mutation);
  // Each of these needs a run of the tests to itself, so they come last.
  for (const mutant of left.filter(({ id }) => !byMatrix.has(id) && atLoad.has(id))) {
    if (!isCaughtAtLoad(mutant)) continue;
    byTests.add(mutant.id);
    onKnown(mutation);
  }
  say(`${percentCaught(mutation).toFixed(1)} % caught`);
  return mutation;
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}
