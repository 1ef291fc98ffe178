// How the tests run: in Node, from the sources, without real waiting.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const ALL = 'test/**/*.test.ts';
/** Tests that start no process and change nothing around them: what one has loaded, the next one need not. */
const PURE = [
  'test/{checks,config,mocks,reports,serve,world}/**/*.test.ts',
  'test/{cost,docs,duration,grade,judge,lanes,mock-tool,release-orders,requirements}.test.ts',
  'test/{rubric,tidy,twin-loss,unmodelled,workload}.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Tests start many Nodes: what one has compiled, the next one need not.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'compiled') },
    // Most tests wait for processes of their own: one more worker than cores fills the pauses.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: { name: 'processes', include: [ALL], exclude: [...configDefaults.exclude, ...PURE] },
      },
    ],
  },
});
