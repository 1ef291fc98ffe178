// Brokers that hang, lie, break off and flood: each gets a verdict, and the harness goes on.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger, parseLedger } from '../../harness/ledger.ts';
import type { Scenario } from '../../harness/scenario.ts';
import { processesOf } from '../../harness/subjects/strays.ts';
import { isJsonObject } from '../../mocks/http.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { runBrokerSuite } from './broker-suite.ts';

// Far beyond what a run takes: a busy machine is no failure.
vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'hour4-hostile-brokers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEN_MINUTES: Scenario = {
  id: 'ten-minutes',
  title: 'ten minutes of nothing special',
  why: 'a stage for small subjects',
  kinds: ['broker'],
  untilMs: 600_000,
  broker: {
    services: { crm: { base: 'plain' } },
    cohorts: [{ service: 'crm', count: 1, tenants: 1, withinMs: 0 }],
    calls: [
      { to: { service: 'crm' }, fromMs: 60_000, everyMs: 60_000, method: 'GET', path: '/v1/me?call={call}' },
    ],
  },
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
};

/** A broker that is ready and takes accounts; `onCall` is what it does when it is called. */
const serving = (onCall: string, before = '') => `
  import { createServer } from 'node:http';
  let calls = 0;
  ${before}
  createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.method === 'POST') { calls++; ${onCall}; return; }
      response.writeHead(request.method === 'PUT' ? 204 : 200).end(request.url === '/audit' ? '[]' : '{}');
    });
  }).listen(Number(process.env.PORT), '127.0.0.1');
`;

let subjects = 0;

async function meet(script: string, limits: Parameters<typeof runBrokerSuite>[0]['limits'] = {}) {
  const name = `broker-${subjects++}`;
  const cwd = join(folder, name);
  const outDir = join(folder, `${name}-out`);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'server.mjs'), script);
  const { scenarios } = await runBrokerSuite({
    name,
    start: { run: [process.execPath, 'server.mjs'], module: null },
    subject: { cwd },
    scenarios: [TEN_MINUTES],
    outDir,
    limits,
  });
  const findings = scenarios.flatMap((scenario) => scenario.findings);
  const said = findings.find(({ check }) => check === 'ends-clean');
  const ledger = parseLedger(readFileSync(join(outDir, 'ten-minutes.jsonl'), 'utf8'));
  expect(findings.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  return { verdict: said?.verdict, message: said?.message, ledger };
}

const failuresOf = (ledger: Ledger) =>
  entriesOf(ledger, 'call.returned')
    .filter(
      (entry): entry is Extract<EntryOf<'call.returned'>, { operation: string }> => 'operation' in entry,
    )
    .filter(({ operation }) => operation === 'call')
    .map(({ failure }) => failure);

describe('a broker that never begins', () => {
  test('exits at its start', async () => {
    const { verdict, message } = await meet('process.exit(7)');
    expect(verdict).toBe('fail');
    expect(message).toContain('code 7');
  });

  test('is never ready', async () => {
    const { verdict, message } = await meet(`
      import { createServer } from 'node:http';
      createServer((_request, response) => response.writeHead(503).end()).listen(Number(process.env.PORT), '127.0.0.1');
    `);
    expect(verdict).toBe('fail');
    expect(message).toContain('broker-0 was not ready within 10 s');
  });

  test('never listens', async () => {
    const { verdict, message } = await meet('setInterval(() => {}, 1000)');
    expect(verdict).toBe('fail');
    expect(message).toContain('not ready');
  });

  test('hangs, thread and all', async () => {
    const { verdict, message } = await meet('for (;;);');
    expect(verdict).toBe('fail');
    expect(message).toContain('never came to rest');
  });
});

describe('a broker that answers', () => {
  test('half of it', async () => {
    const { ledger } = await meet(
      serving(
        `response.writeHead(200, { 'content-length': 1000 }); response.write('half'); setTimeout(() => response.destroy(), 100)`,
      ),
    );
    expect(new Set(failuresOf(ledger))).toEqual(new Set(['The answer broke off half way.']));
  });

  test('nothing, ever', async () => {
    const { verdict, message, ledger } = await meet(serving(''));
    expect(new Set(failuresOf(ledger))).toEqual(new Set(['No answer ever came.']));
    expect(verdict).toBe('fail');
    expect(message).toContain('No answer ever came.');
  });

  test('a hundred megabytes', async () => {
    const { ledger } = await meet(serving(`response.end(Buffer.alloc(100e6, 'x'))`), {
      bodyBytes: 1_000_000,
    });
    expect(new Set(failuresOf(ledger))).toEqual(new Set(['The answer was longer than 1000000 bytes.']));
  });

  test('with a closed door', async () => {
    const { ledger } = await meet(serving('request.socket.destroy()'));
    expect(new Set(failuresOf(ledger))).toEqual(new Set(['It closed the connection without an answer.']));
  });

  test('in no HTTP at all', async () => {
    const { ledger } = await meet(serving(`request.socket.end('hello, who is there?\\n')`));
    expect(failuresOf(ledger)[0]).toContain('It gave no answer in HTTP');
  });
});

describe('a broker that', () => {
  test('dies in the middle of the story', async () => {
    const { verdict, message, ledger } = await meet(
      serving(`calls === 3 ? process.exit(3) : response.end('{}')`),
    );
    expect(verdict).toBe('fail');
    expect(message).toContain('code 3');
    expect(entriesOf(ledger, 'process.exited').map(({ at }) => at)).toEqual([180_000]);
  });

  test('ends itself as if its work were done', async () => {
    const { verdict, message } = await meet(serving(`calls === 3 ? process.exit(0) : response.end('{}')`));
    expect(verdict).toBe('fail');
    expect(message).toContain('broker-0 exited with code 0 in the middle of the story');
  });

  test('dies by a signal', async () => {
    const { verdict, message } = await meet(
      serving(`calls === 3 ? process.kill(process.pid, 'SIGSEGV') : response.end('{}')`),
    );
    expect(verdict).toBe('fail');
    expect(message).toContain('SIGSEGV');
  });

  test('forks and forgets, and prints what is no text', async () => {
    const { ledger } = await meet(
      serving(
        `response.end(JSON.stringify({ ok: true, status: 200, body: process.env.HOUR4_RUN })); process.stdout.write(Buffer.from([0, 255, 254, 10, 123]))`,
        `import { spawn } from 'node:child_process';
         spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { detached: true, stdio: 'ignore' }).unref();`,
      ),
    );
    const runs = entriesOf(ledger, 'call.returned').flatMap((entry) =>
      'operation' in entry && isJsonObject(entry.result) ? String(entry.result.body ?? '') : [],
    );
    const [run = ''] = runs.filter((body) => body !== '');
    expect(run).toMatch(/^[0-9a-f]+$/);
    expect(processesOf(run)).toEqual([]);
  });

  test('does not listen to SIGTERM', async () => {
    const { verdict, message } = await meet(
      serving(`response.end('{}')`, `process.on('SIGTERM', () => {});`),
    );
    expect(verdict).toBe('fail');
    expect(message).toContain('still there 5 s after SIGTERM');
  });

  test('opens more connections than it may, and leaves half of a request on each', async () => {
    const { ledger } = await meet(
      serving(
        `for (let n = 0; n < 100; n++) connect(upstream, '127.0.0.1').on('error', () => {}).resume().write('GET /v1/me HTTP');
         response.end('{}');`,
        `const { connect } = await import('node:net');
         const { readFileSync } = await import('node:fs');
         const { accounts } = JSON.parse(readFileSync(process.env.HOUR4_WORLD, 'utf8'));
         const upstream = Number(new URL(accounts[0].apiUrl).port);`,
      ),
      { connections: 20, realTimeMs: 30_000 },
    );
    expect(new Set(failuresOf(ledger))).toEqual(new Set([null]));
  });

  test('floods its output', async () => {
    const { verdict, message } = await meet(
      serving(
        `response.end('{}'); process.stdout.write('x'.repeat(1000) + '\\n')`,
        `process.stdout.write('y'.repeat(150_000));`,
      ),
      { stdoutBytes: 100_000 },
    );
    expect(verdict).toBe('fail');
    expect(message).toContain('printed more than 100000 bytes to stdout');
  });
});
