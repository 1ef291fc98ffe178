// The mock tool as a program: `node mock.ts KNOBS-AS-JSON ARGS...`.

import { writeSync } from 'node:fs';
import { HONEST } from '../../../harness/mock-tool/behaviour.ts';
import { mockTool } from '../../../harness/mock-tool/mock-tool.ts';

const [knobs = '{}', ...args] = process.argv.slice(2);
const behaviour = { ...HONEST, ...JSON.parse(knobs) };
const { stdout, stderr, exitCode } = await mockTool({ args, env: process.env, behaviour, nowMs: Date.now });
writeSync(1, stdout);
writeSync(2, stderr);
process.exitCode = exitCode;
