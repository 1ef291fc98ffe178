// A test of a check is run again under each mutant that it comes by, until one test has caught it.

import { appendFileSync, readFileSync } from 'node:fs';
import { type RunnerTestCase, TestRunner } from 'vitest';
import { counting, mutantCoverage, under } from './switch.ts';

const { MUTANTS_ALIVE = '', MUTANTS_CAUGHT = '' } = process.env;
const alive = new Set<string>(JSON.parse(readFileSync(MUTANTS_ALIVE, 'utf8')));

export default class MutantRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test);
    await counting(test.id, run);
    for (const [mutant, hits] of Object.entries(mutantCoverage.perTest[test.id] ?? {})) {
      if (!alive.has(mutant)) continue;
      try {
        await under(mutant, hits, run);
      } catch {
        alive.delete(mutant);
        appendFileSync(MUTANTS_CAUGHT, `${mutant}\n`);
      }
    }
  }
}
