// How the tests run: in Node, from the sources, without real waiting.

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for processes of their own; a core for each worker is enough.
    maxWorkers: availableParallelism(),
  },
});
