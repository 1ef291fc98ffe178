// The mock tool as a program of its own: `node program.ts KNOBS-AS-JSON ARGS...`.

import { writeSync } from 'node:fs';
import { HONEST } from './behaviour.ts';
import { mockTool } from './mock-tool.ts';

const [knobs = '{}', ...args] = process.argv.slice(2);
const behaviour = { ...HONEST, ...JSON.parse(knobs) };
const { stdout, stderr, exitCode } = await mockTool({ args, env: process.env, behaviour, nowMs: Date.now });
if (stdout !== '') writeSync(1, stdout);
if (stderr !== '') writeSync(2, stderr);
process.exitCode = exitCode;
