// `npm test`: every gate in order, all of them even if one fails, and one closing line that counts.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'hour4-test-'));
const report = join(folder, 'vitest.json');
const bin = (name: string) => join('node_modules', '.bin', name);

const gates = [
  { name: 'types', argv: [bin('tsc'), '-p', '.'] },
  { name: 'types of what runs in a browser', argv: [bin('tsc'), '-p', 'tsconfig.browser.json', '--noEmit'] },
  { name: 'format and lint', argv: [bin('biome'), 'ci', '.'] },
  { name: 'dead files and exports', argv: [bin('knip')] },
];

let passed = 0;
let failed = 0;
for (const { name, argv } of gates) {
  const ok = run(argv) === 0;
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
}
const tests = [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
if (run(tests) !== 0) failed += countOf(report).failed === 0 ? 1 : 0;
passed += countOf(report).passed;
failed += countOf(report).failed;
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run([command = '', ...args]: readonly string[]): number {
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}

// A runner that died before it could report has failed, whatever it had passed.
function countOf(path: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
