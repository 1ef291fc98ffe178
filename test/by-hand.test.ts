// The sessions with `hour4 serve` that are written down run as written, and every line shows what it says it does.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ROUTE_LINES } from '../harness/serve/routes.ts';
import { folderWith } from './config/folder.ts';

const ROOT = join(import.meta.dirname, '..');
const WRITTEN_PORT = '4400';
const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);

const blocks = (path: string) =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/```bash\n([\s\S]*?)```/g)].map(
    ([, block]) => block ?? '',
  );

/** Ports from here on are given to nobody who asks for any free one, so that nobody takes them meanwhile. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

/** A port that is free, as is the one after it. */
async function freePort(): Promise<number> {
  for (let nth = 0; nth < 100; nth++) {
    const port = FIRST_PORT + ((process.pid * 2 + nth * 2) % PORTS);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error('a hundred pairs of ports are taken');
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** Starts what a line says, with everything it starts; resolves with what it says of itself. */
async function start(line: string): Promise<string> {
  const child = spawn('bash', ['-c', line], { cwd: ROOT, env: { ...process.env, PATH }, detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  const closed = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGINT');
    await closed;
  });
  await vi.waitUntil(() => said.includes('"advance"') || child.exitCode !== null, { timeout: 50_000 });
  expect(child.exitCode, said).toBeNull();
  return said;
}

/** Runs a session to its end; after each line that a comment follows, what the line printed must contain the comment. */
async function follow(session: string): Promise<void> {
  const lines = session.split('\n');
  const mark = (index: number) => `=== line ${index}`;
  const script = lines.map((line, index) =>
    expectationIn(line) === null ? line : `${line}\necho; echo "${mark(index)}"`,
  );
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script.join('\n')], {
    cwd: folderWith({}),
    env: { ...process.env, PATH },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      printed += text;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, printed).toBe(0);
  let rest = printed;
  for (const [index, line] of lines.entries()) {
    const expected = expectationIn(line);
    if (expected === null) continue;
    const [shown = '', ...after] = rest.split(`${mark(index)}\n`);
    rest = after.join(`${mark(index)}\n`);
    expect(shown, line).toContain(expected);
  }
}

const expectationIn = (line: string) => /\S.*\s# (.+)$/.exec(line)?.[1] ?? null;

test('the session of the README', { timeout: 120_000 }, async () => {
  const [serve = '', session = ''] = blocks('README.md');
  const port = String(await freePort());
  await start(serve.replaceAll(WRITTEN_PORT, port));
  await follow(session.replaceAll(WRITTEN_PORT, port));
  expect(session.split('\n').filter((line) => expectationIn(line) !== null)).toHaveLength(4);
});

test('the examples of docs/serve.md, one after the other', { timeout: 120_000 }, async () => {
  const said = await start('npm run -s hour4 -- serve --port 0 --service plain');
  const [api = ''] = /http:\S+\/_hour4/.exec(said) ?? [];
  await follow([`hour4=${api}`, ...blocks('docs/serve.md')].join('\n'));
});

test('docs/serve.md has an example for every route', () => {
  const examples = blocks('docs/serve.md')
    .join('')
    .split('\n')
    .filter((line) => line.includes('curl'));
  const shown = examples.map((line) => {
    const path = /\$hour4(\/[^\s"?]+)/.exec(line)?.[1]?.replace(/\/(acme-plain|lost|race)/, '/{id}') ?? '';
    const method = /-X (\w+)/.exec(line)?.[1] ?? (line.includes(' -d ') ? 'POST' : 'GET');
    return `${method} /_hour4${path}`;
  });
  expect([...new Set(shown)].sort()).toEqual([...ROUTE_LINES].sort());
});
