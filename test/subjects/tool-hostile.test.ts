// Tools that hang, flood, fork or die: each gets a verdict, and nothing of it is left.

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examineTool } from './tool-run.ts';

const MARK = `hour4-hostile-${process.pid}`;

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hostile-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Behaves until its credential is over, and then does its worst. */
const program = (worst: string) => `
process.title = '${MARK}';
const { TOOL_TOKEN, HOUR4_PLAIN_API, HOUR4_PLAIN_EXPIRES_AT } = process.env;
if (Date.now() < Date.parse(HOUR4_PLAIN_EXPIRES_AT)) {
  const answer = await fetch(HOUR4_PLAIN_API + '/v1/items', { headers: { authorization: 'Bearer ' + TOOL_TOKEN } });
  process.exitCode = answer.ok ? 0 : 1;
} else {
  ${worst}
}
`;

async function verdictOn(name: string, worst: string) {
  const file = join(dir, `${name}.mjs`);
  await writeFile(file, program(worst));
  const outDir = join(dir, name);
  const result = await examineTool({
    outDir,
    cwd: dir,
    run: [process.execPath, file],
    time: 'exact',
    scenarios: ['expires-mid-session'],
    limits: { realTimeMs: worst.endsWith('for (;;);') ? 3000 : 60_000, stdoutBytes: 2 ** 20, processes: 20 },
  });
  const finding = result.scenarios[0]?.findings.find(({ check }) => check === 'ends-clean');
  expect(result.scenarios[0]?.findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  expect(living()).toEqual([]);
  expect(await readdir(outDir)).not.toContain('work');
  return finding;
}

/** The ids of processes of these tests that still run; told only where there is /proc. */
function living(): string[] {
  try {
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(MARK));
  } catch {
    return [];
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const LIMIT_MS = 120_000;

describe('a tool that misbehaves gets a verdict', () => {
  test.each([
    ['hangs-on-a-timer', 'setInterval(() => {}, 1000);', 'It had not ended after an hour.'],
    ['hangs-in-a-loop', 'for (;;);', 'It was still running after 3 s'],
    ['ignores-sigterm', "process.on('SIGTERM', () => {}); for (;;);", 'It was still running after 3 s'],
    [
      'waits-for-nobody',
      "(await import('node:net')).createServer().listen(0);",
      'It had not ended after an hour.',
    ],
    [
      'floods',
      "const { writeSync } = await import('node:fs'); for (;;) writeSync(1, 'x'.repeat(65536) + '\\n');",
      'It printed more than 1048576 bytes to stdout',
    ],
    ['dies-by-a-signal', "process.kill(process.pid, 'SIGSEGV');", 'died of SIGSEGV'],
    ['aborts', 'process.abort();', 'died of SIGABRT'],
  ])(
    '%s',
    async (name, worst, why) => {
      const finding = await verdictOn(name, worst);
      expect(finding).toMatchObject({ verdict: 'fail', message: expect.stringContaining(why) });
    },
    LIMIT_MS,
  );

  test.each([
    ['prints-binary', 'process.stdout.write(Buffer.from([0, 255, 254, 10, 123, 34])); process.exit(1);'],
    [
      'leaves-a-child',
      "(await import('node:child_process')).spawn(process.execPath, ['-e', `process.title='" +
        MARK +
        "'; setInterval(() => {}, 1e6)`], { detached: true, stdio: 'ignore' }).unref(); process.exit(1);",
    ],
    [
      'leaves-a-grandchild',
      "(await import('node:child_process')).spawn('sh', ['-c', 'setsid sleep 1000 &'], { stdio: 'ignore' }); await new Promise((go) => setTimeout(go, 50)); process.exit(1);",
    ],
    [
      'sends-a-hundred-megabytes',
      "await fetch(HOUR4_PLAIN_API + '/v1/items', { method: 'POST', body: Buffer.alloc(100e6) }).catch(() => {}); process.exit(1);",
    ],
    [
      'opens-thousands-of-connections',
      "const { connect } = await import('node:net'); const { hostname, port } = new URL(HOUR4_PLAIN_API); for (let nth = 0; nth < 3000; nth++) connect(Number(port), hostname).on('error', () => {}); await new Promise((go) => setTimeout(go, 100)); process.exit(1);",
    ],
    [
      'closes-its-sockets-half-way',
      "const { connect } = await import('node:net'); const { hostname, port } = new URL(HOUR4_PLAIN_API); const socket = connect(Number(port), hostname, () => { socket.write('POST /v1/items HTTP/1.1\\r\\nhost: x\\r\\ncontent-length: 1000\\r\\n\\r\\nhalf'); setTimeout(() => { socket.destroy(); process.exit(1); }, 50); });",
    ],
  ])(
    '%s: it ended by itself, and what it left behind is ended',
    async (name, worst) => {
      expect(await verdictOn(name, worst)).toMatchObject({ verdict: 'pass' });
    },
    LIMIT_MS,
  );
});

test('a tool that never worked is not judged by its failures', async () => {
  const file = join(dir, 'broken.mjs');
  await writeFile(file, "console.error('no such option'); process.exit(2);");
  const { scenarios, rubric53 } = await examineTool({
    outDir: join(dir, 'broken'),
    run: [process.execPath, file],
    time: 'exact',
    scenarios: ['expires-mid-session'],
  });
  expect(rubric53).toBeNull();
  const told = scenarios[0]?.findings.find(({ check }) => check === 'expiry-told-apart');
  expect(told).toMatchObject({
    verdict: 'inconclusive',
    message: expect.stringContaining('"no such option"'),
  });
});

test('a program that is not there ends the run with a word, not with a crash', async () => {
  const { scenarios } = await examineTool({
    outDir: join(dir, 'absent'),
    run: [join(dir, 'absent-program')],
    time: 'real',
    scenarios: ['expires-mid-session'],
  });
  const told = scenarios[0]?.findings.find(({ check }) => check === 'exit-codes');
  expect(told).toMatchObject({
    verdict: 'inconclusive',
    message: expect.stringContaining('could not be started (ENOENT)'),
  });
});
