// Whole runs of small and nasty subjects: each gets a verdict, and nothing of the user's reaches them.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS } from '../harness/config/config.ts';
import type { Finding, Result } from '../harness/result.ts';
import type { Scenario } from '../harness/scenario.ts';
import { processesOf } from '../harness/subjects/strays.ts';
import { runSuite } from '../harness/suite.ts';
import { CHECKS } from '../scenarios/checks/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'hour4-suite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEN_MINUTES: Scenario = {
  id: 'ten-minutes',
  title: 'ten minutes of nothing special',
  why: 'a stage for small subjects',
  kinds: ['agent'],
  untilMs: 600_000,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
};

const LIMITS: Config['limits'] = {
  ...DEFAULT_LIMITS,
  realTimeMs: 60_000,
  stdoutBytes: 1_000_000,
  bodyBytes: 1_000_000,
};

let subjects = 0;

async function runScript(
  script: string,
  more: {
    limits?: Partial<Config['limits']>;
    scenario?: Partial<Scenario>;
    time?: 'exact' | 'compressed';
  } = {},
) {
  const name = `subject-${subjects++}`;
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'agent.mjs'), script);
  return runConfig(name, { run: [process.execPath, 'agent.mjs'], module: null, cwd }, more);
}

async function runConfig(
  name: string,
  subject: Pick<Config['subject'], 'run' | 'module' | 'cwd'>,
  more: {
    limits?: Partial<Config['limits']>;
    scenario?: Partial<Scenario>;
    time?: 'exact' | 'compressed';
  } = {},
): Promise<Result> {
  return runSuite({
    ...suiteOf(configOf(name, subject, more.limits)),
    scenarios: [{ ...TEN_MINUTES, ...more.scenario }],
    outDir: join(folder, `${name}-out`),
    time: more.time ?? 'auto',
  });
}

const configOf = (
  name: string,
  subject: Pick<Config['subject'], 'run' | 'module' | 'cwd'>,
  limits: Partial<Config['limits']> = {},
): Config => ({
  file: 'test',
  subject: { name, kind: 'agent', env: {}, time: 'auto', ...subject },
  services: { plain: {}, archive: { base: 'plain' } },
  startMs: DEFAULT_START_MS,
  scenarios: ['*'],
  ownScenarios: [],
  data: {},
  job: { greeting: 'hello' },
  limits: { ...LIMITS, ...limits },
});

const suiteOf = (config: Config) => ({
  config,
  checks: CHECKS,
  defaultJob: { needsServices: [], make: () => ({ description: null, data: {} }) },
  seed: 1,
  time: 'auto' as const,
});

const findingOf = (result: Result, check: string): Finding => {
  const found = result.scenarios[0]?.findings.find((finding) => finding.check === check);
  if (found === undefined) throw new Error(`no finding of ${check}`);
  return found;
};

describe('a subject', () => {
  test('is told of its world, and its claim is kept', async () => {
    const result = await runScript(`
      import { readFileSync } from 'node:fs';
      const world = JSON.parse(readFileSync(process.env.HOUR4_WORLD, 'utf8'));
      console.log(JSON.stringify({ status: 'completed', counts: { rows: 0 },
        job: world.job.greeting, accounts: world.accounts.map(({ id }) => id), minutes: (Date.parse(world.until) - Date.parse(world.start)) / 60000 }));
    `);
    expect(result.scenarios[0]?.claims[0]).toMatchObject({
      status: 'completed',
      job: 'hello',
      accounts: ['acme-plain', 'acme-archive'],
      minutes: 10,
    });
    expect(findingOf(result, 'ends-clean').verdict).toBe('pass');
  });

  test('that is a module returns its claim', async () => {
    writeFileSync(
      join(folder, 'agent.ts'),
      `export default async (env: Record<string, string>): Promise<object> => {
        await new Promise((resolve) => setTimeout(resolve, 300_000));
        return { status: 'partial', skipped: [{ account: env.HOUR4_PLAIN_ACCOUNT, reason: 'tired' }] };
      };`,
    );
    const result = await runConfig('module', { run: null, module: join(folder, 'agent.ts'), cwd: folder });
    expect(result.scenarios[0]).toMatchObject({
      virtualMs: 300_000,
      claims: [{ status: 'partial', skipped: [{ account: 'acme-plain', reason: 'tired' }] }],
    });
  });

  test('leaves nothing behind but ledgers and logs', async () => {
    const result = await runScript(`
      import { writeFileSync } from 'node:fs';
      import { join } from 'node:path';
      writeFileSync(join(process.env.HOME, 'mine'), 'x');
      writeFileSync(join(process.env.HOUR4_STORE, 'tokens'), process.env.HOUR4_PLAIN_REFRESH_TOKEN);
      console.log('bye');
    `);
    expect(readdirSync(join(folder, `${result.subject.name}-out`)).sort()).toEqual([
      'ten-minutes.agent.log',
      'ten-minutes.jsonl',
      'twin--10m.agent.log',
      'twin--10m.jsonl',
    ]);
    expect(findingOf(result, 'no-secret-leaked').verdict).toBe('pass');
  });
});

describe("the user's own credentials", () => {
  test('do not reach a subject, wherever it looks', async () => {
    const canary = 'canary-9f1c2b7d5e8a';
    const home = join(folder, 'canary-home');
    mkdirSync(join(home, '.aws'), { recursive: true });
    writeFileSync(join(home, '.aws', 'credentials'), canary);
    const before = { ...process.env };
    Object.assign(process.env, {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      AWS_SECRET_ACCESS_KEY: canary,
      GH_TOKEN: canary,
      NPM_TOKEN: canary,
    });
    try {
      const result = await runScript(`
        import { homedir } from 'node:os';
        import { join } from 'node:path';
        import { existsSync } from 'node:fs';
        const seen = JSON.stringify(process.env).includes('${canary}') || existsSync(join(homedir(), '.aws', 'credentials'));
        console.log(JSON.stringify({ status: 'completed', seen, home: homedir() }));
      `);
      const claim = result.scenarios[0]?.claims[0] as { seen?: boolean; home?: string } | undefined;
      expect(claim?.seen).toBe(false);
      expect(claim?.home).not.toContain('canary-home');
      expect(readFileSync(join(home, '.aws', 'credentials'), 'utf8')).toBe(canary);
    } finally {
      for (const name of ['HOME', 'XDG_CONFIG_HOME', 'AWS_SECRET_ACCESS_KEY', 'GH_TOKEN', 'NPM_TOKEN']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });
});

describe('a nasty subject gets a verdict:', () => {
  const endsClean = async (script: string, more: Parameters<typeof runScript>[1] = {}) => {
    const result = await runScript(script, more);
    const finding = findingOf(result, 'ends-clean');
    return `${finding.verdict}: ${finding.message}`;
  };

  test('one that crashes', async () => {
    expect(await endsClean('throw new Error("out of luck")')).toMatch(/^fail: .*\b1\b/);
  });

  test('one that dies by a signal', async () => {
    expect(await endsClean('process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 1e6)')).toMatch(
      /^fail: .*SIGSEGV/,
    );
  });

  test('one that waits for what never comes', async () => {
    expect(
      await endsClean(
        'await new Promise(() => setInterval(() => {}, 3_600_000).unref() && process.stdin.resume())',
      ),
    ).toMatch(/^fail/);
  });

  test('one that goes on for ever after its job', async () => {
    expect(await endsClean('setInterval(() => {}, 60_000)')).toMatch(/^fail: .*an hour after the end/);
  });

  test('one that never comes to rest', { timeout: 120_000 }, async () => {
    const said = await endsClean('for (;;);', { limits: { realTimeMs: 3_000 } });
    expect(said).toMatch(/^fail: .*3 s of real time/);
  });

  test('one that closes its sockets half way, and prints what is no text', async () => {
    const result = await runScript(`
      import { connect } from 'node:net';
      const { hostname, port } = new URL(process.env.HOUR4_PLAIN_API);
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /v1/items HTTP/1.1\\r\\nhost: x\\r\\ncontent-length: 1000\\r\\n\\r\\nhalf');
        setTimeout(() => {
          socket.destroy();
          process.stdout.write(Buffer.from([0, 255, 254, 10]));
          console.log(JSON.stringify({ status: 'completed' }));
        }, 1000);
      });
    `);
    expect(findingOf(result, 'ends-clean').verdict).toBe('pass');
    expect(result.scenarios[0]?.claims[0]).toMatchObject({ status: 'completed' });
  });

  test('one that does not listen to SIGTERM', { timeout: 120_000 }, async () => {
    const said = await endsClean(`process.on('SIGTERM', () => {}); for (;;);`, {
      limits: { realTimeMs: 3_000 },
    });
    expect(said).toMatch(/^fail: .*3 s of real time/);
  });

  test('one that floods its output', async () => {
    const said = await endsClean(`
      import { writeSync } from 'node:fs';
      for (;;) try { writeSync(1, 'x'.repeat(65536) + '\\n'); } catch {}
    `);
    expect(said).toMatch(/^fail: .*1000000 bytes/);
  });

  test('one that forks and forgets', async () => {
    const result = await runScript(`
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref();
      console.log(JSON.stringify({ status: 'completed', run: process.env.HOUR4_RUN }));
    `);
    const claim = result.scenarios[0]?.claims[0] as { run?: string } | undefined;
    expect(claim?.run).toMatch(/^[0-9a-f]+$/);
    await expect.poll(() => processesOf(claim?.run ?? '')).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('one that breeds processes', async () => {
    const said = await endsClean(
      `import { spawn } from 'node:child_process';
       for (let i = 0; i < 12; i++) spawn('sleep', ['30'], { stdio: 'ignore' });`,
      { limits: { processes: 8 } },
    );
    expect(said).toMatch(/^fail: .*more than 8 processes/);
  });

  test('one that opens more connections than it may', async () => {
    const result = await runScript(
      `import { connect } from 'node:net';
       const { hostname, port } = new URL(process.env.HOUR4_PLAIN_API);
       const ends = await Promise.all(Array.from({ length: 60 }, () => new Promise((resolve) => {
         const socket = connect(Number(port), hostname);
         socket.on('close', () => resolve('refused'));
         socket.on('error', () => {});
         setTimeout(() => resolve('open'), 60_000);
       })));
       console.log(JSON.stringify({ status: 'completed', refused: ends.filter((end) => end === 'refused').length }));
       process.exit();`,
      { limits: { connections: 20 } },
    );
    expect(result.scenarios[0]?.claims[0]).toMatchObject({ refused: 40 });
  });

  test('one that sends a body beyond the limit', async () => {
    const result = await runScript(`
      const response = await fetch(process.env.HOUR4_PLAIN_API + '/v1/items', { method: 'POST', body: 'x'.repeat(5_000_000) });
      console.log(JSON.stringify({ status: 'completed', got: response.status }));
    `);
    expect(result.scenarios[0]?.claims[0]).toMatchObject({ got: 413 });
  });

  test.runIf(process.platform === 'linux')(
    'one whose clock cannot be taken concludes nothing in exact time',
    { timeout: 120_000 },
    async () => {
      const result = await runConfig(
        'shell',
        { run: ['sh', '-c', 'sleep 1'], module: null, cwd: folder },
        { time: 'exact' },
      );
      expect(result.scenarios[0]?.verdict).toBe('inconclusive');
      expect(result.grade.letter).toBe('N');
    },
  );
});

test('a story with variants is told once in each way, on record under a name of its own', async () => {
  const variants = [
    { id: 'short', untilMs: 60_000 },
    { id: 'shorter', untilMs: 30_000, checks: ['ends-clean'] },
  ];
  const result = await runScript('console.log(process.env.HOUR4_WORLD)', { scenario: { variants } });
  expect(result.scenarios).toMatchObject([
    { id: 'ten-minutes', variant: 'short', ledger: 'ten-minutes--short.jsonl' },
    { id: 'ten-minutes', variant: 'shorter', ledger: 'ten-minutes--shorter.jsonl' },
  ]);
  expect(result.scenarios.map(({ findings }) => findings.length)).toEqual([CHECKS.length, 1]);
});

test.each([
  ['moves the wall clock', { atMs: 0, party: 'agent', skewMs: -30_000 }],
  ['makes writes to the store', { atMs: 0, blow: { store: 'full' } }],
] as const)('a story that %s is not for who is told it in compressed time', async (what, step) => {
  const { scenarios } = await runScript('', { scenario: { timeline: [step] }, time: 'compressed' });
  expect(scenarios[0]).toMatchObject({ verdict: 'not-applicable', virtualMs: 0 });
  expect(scenarios[0]?.findings[0]?.message).toContain(what);
});

test('an interruption leaves what is known, and says of the rest that it was interrupted', async () => {
  const subject = { run: null, module: join(folder, 'quick.mjs'), cwd: folder };
  writeFileSync(subject.module, `export default () => ({ status: 'completed', counts: { rows: 0 } });`);
  const interruption = new AbortController();
  const { scenarios, grade } = await runSuite({
    ...suiteOf(configOf('interrupted', subject)),
    scenarios: ['first', 'second', 'third'].map((id) => ({ ...TEN_MINUTES, id })),
    outDir: join(folder, 'interrupted-out'),
    jobs: 1,
    signal: interruption.signal,
    onProgress: ({ phase }) => {
      if (phase === 'judged') interruption.abort();
    },
  });
  expect(scenarios.map(({ id, verdict }) => `${id}: ${verdict}`)).toEqual([
    'first: pass',
    'second: inconclusive',
    'third: inconclusive',
  ]);
  const said = new Set(scenarios[2]?.findings.map(({ message }) => message));
  expect(said).toContain('The run was interrupted.');
  // Checks for brokers have nothing to say of an agent, interrupted or not.
  expect(said).toContain('This check does not judge a subject of kind agent.');
  expect(grade.letter).toBe('N');
});

describe('runs beside each other', () => {
  const STORIES = ['a', 'b', 'c', 'd'].map((id) => ({ ...TEN_MINUTES, id, checks: ['ends-clean'] }));
  const told = async (name: string, jobs: number, script: string) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'agent.mjs'), script);
    const outDir = join(cwd, '.hour4');
    const config = configOf(name, { run: [process.execPath, 'agent.mjs'], module: null, cwd });
    const { scenarios } = await runSuite({ ...suiteOf(config), scenarios: STORIES, outDir, jobs });
    expect(scenarios.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(
      STORIES.map(({ id }) => `${id} pass`),
    );
    const ledgers = readdirSync(outDir).filter((file) => file.endsWith('.jsonl'));
    return ledgers.map((file) => readFileSync(join(outDir, file), 'utf8'));
  };

  test('leave the same ledgers as one after the other', async () => {
    const script = `
      for (let round = 0; round < 5; round++) {
        await fetch(process.env.HOUR4_PLAIN_API + '/v1/me', { headers: { authorization: 'Bearer ' + Math.random() } });
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }`;
    const alone = await told('alone', 1, script);
    expect(alone).toHaveLength(STORIES.length + 1);
    expect(await told('beside', 3, script)).toEqual(alone);
  });

  test('do not meet in the folder that one of them writes into', async () => {
    const script = `
      import { existsSync, rmSync, writeFileSync } from 'node:fs';
      if (existsSync('busy')) process.exit(1);
      writeFileSync('busy', '');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      writeFileSync('last', String(Date.now()));
      rmSync('busy');`;
    await told('writes', 3, script);
  });
});

describe('a secret is seen', () => {
  const leaks = async (script: string) => {
    const finding = findingOf(await runScript(script), 'no-secret-leaked');
    return `${finding.verdict}: ${finding.message}`;
  };
  const token = 'process.env.HOUR4_PLAIN_ACCESS_TOKEN';

  test.each([
    ['on stdout', `console.log('token', ${token})`],
    ['on stderr, in base64', `console.error(Buffer.from('x:' + ${token}).toString('base64'))`],
    ['in a URL', `await fetch(process.env.HOUR4_PLAIN_API + '/v1/me?access_token=' + ${token})`],
    [
      'in an event',
      `await fetch(process.env.HOUR4_EVENTS_URL, { method: 'POST', body: JSON.stringify({ token: ${token} }) })`,
    ],
    [
      'in a file outside the store',
      `import { writeFileSync } from 'node:fs'; writeFileSync('debug.log', ${token})`,
    ],
    [
      'at another service',
      `await fetch(process.env.HOUR4_ARCHIVE_API + '/v1/me', { headers: { authorization: 'Bearer ' + ${token} } })`,
    ],
  ])('%s', async (_, script) => {
    expect(await leaks(script)).toMatch(/^fail/);
  });
});
