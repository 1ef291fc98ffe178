// How the tests of the checks run over the mutants: with the mutated sources in place of the true ones.

import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { MUTANTS_FOLDER } from './mutants.ts';

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  resolve: {
    alias: [{ find: /^.*\/scenarios\/checks\/(.*)$/, replacement: `${MUTANTS_FOLDER}/$1` }],
  },
  test: {
    include: ['test/checks/*.test.ts'],
    testTimeout: 600_000,
    pool: 'forks',
    maxWorkers: 1,
    // The checks keep nothing, so that one worker can run all of their tests.
    isolate: false,
    // A mutant that acts while the sources are read is named from outside, and there is one at a time.
    ...(process.env.MUTANTS_ALIVE === undefined ? {} : { runner: join(import.meta.dirname, 'runner.ts') }),
  },
});
