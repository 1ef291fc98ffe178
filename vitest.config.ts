// How the tests run: in Node, from the sources, without real waiting.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Tests start many Nodes: what one has compiled, the next one need not.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled') },
    // Most tests wait for processes of their own; a core for each worker is enough.
    maxWorkers: availableParallelism(),
  },
});
