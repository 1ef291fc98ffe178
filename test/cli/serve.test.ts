// `hour4 serve` as users start it: what it prints, what it refuses, and that Ctrl-C ends it at once.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { folderWith } from '../config/folder.ts';
import { hour4 } from './inside.ts';
import { startHour4 } from './process.ts';

/** What a URL answers, as JSON. */
async function json(url: string, body?: string): Promise<ReturnType<typeof JSON.parse>> {
  return (await fetch(url, body === undefined ? {} : { method: 'POST', body })).json();
}

async function start(args: readonly string[], cwd = folderWith({}), last = '"advance"') {
  const { child, ended } = startHour4(['serve', '--port', '0', ...args], { cwd });
  onTestFinished(() => void child.kill('SIGKILL'));
  let table = '';
  child.stdout?.on('data', (text: string) => {
    table += text;
  });
  const ready = vi.waitUntil(() => table.includes(last), { timeout: 50_000 });
  const early = ended.then((end) => Promise.reject(new Error(`it ended early: ${JSON.stringify(end)}`)));
  for (const loser of [ready, early]) loser.catch(() => {});
  await Promise.race([ready, early]);
  const api = /http:\S+\/_hour4/.exec(table)?.[0] ?? '';
  return { child, ended, table, api };
}

test('prints every service with its URL, the control API and a command to try, and ends by Ctrl-C with 0', async () => {
  const { child, ended, table, api } = await start([
    '--service',
    'salesforce:rotating',
    '--service',
    'plain',
  ]);
  const url = 'http://127\\.0\\.0\\.1:\\d+';
  expect(table.split('\n')).toEqual([
    'hour4 serves 2 services, seed 1, until Ctrl-C:',
    expect.stringMatching(new RegExp(`^ {2}salesforce:rotating {2}${url}$`)),
    expect.stringMatching(new RegExp(`^ {2}plain {16}${url}$`)),
    expect.stringMatching(new RegExp(`^ {2}control API {10}${url}/_hour4/state$`)),
    expect.stringMatching(new RegExp(`^ {2}dashboard {12}${url}/$`)),
    'Try:',
    `  curl ${api}/accounts -d '{"service":"salesforce"}'`,
    `  curl ${api}/clock -d '{"advance":"31m"}'`,
    '',
  ]);
  const tried = await fetch(`${api}/accounts`, { method: 'POST', body: '{"service":"salesforce"}' });
  expect(tried.status).toBe(201);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('Ctrl-C ends it at once, whoever still listens or waits', async () => {
  const { child, ended, api } = await start(['--service', 'plain']);
  const streaming = await new Promise((resolve, reject) => {
    const asking = get(`${api}/ledger`, { headers: { accept: 'text/event-stream' } }, resolve);
    asking.on('error', reject);
  });
  const account = await json(`${api}/accounts`, '{"service":"plain"}');
  await fetch(`${api}/faults`, { method: 'POST', body: '{"do":"stall"}' });
  const stalled = fetch(`${account.apiUrl}/v1/me`).catch(() => 'cut');
  await expect.poll(async () => (await fetch(`${api}/ledger`)).text()).toContain('fault.applied');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  expect(await stalled).toBe('cut');
  expect(streaming).toBeDefined();
});

test('serves every service when none is named, and the same tokens for the same seed', async () => {
  const tokenOf = async (args: readonly string[]) => {
    const { child, ended, api } = await start(args);
    const { accessToken } = await json(`${api}/accounts`, '{"service":"google"}');
    const { services } = await json(`${api}/state`);
    child.kill('SIGTERM');
    await ended;
    return { accessToken, served: services.length };
  };
  const [one, same, other] = [await tokenOf([]), await tokenOf([]), await tokenOf(['--seed', '2'])];
  expect(one.served).toBeGreaterThan(15);
  expect(same).toEqual(one);
  expect(other.accessToken).not.toBe(one.accessToken);
});

test('a config gives the services, their knobs, their data and the start', async () => {
  const folder = folderWith({
    'hour4.yaml': `
subject: { name: sync, kind: agent, module: ./agent.mjs }
start: 2026-05-01T00:00:00.000Z
services: { crm: { base: plain, accessTtl: 5m } }
data: { crm: { items: [{ id: own, name: mine }] } }`,
    'agent.mjs': 'export default () => {}',
  });
  const { child, ended, api } = await start(['hour4.yaml'], folder);
  const account = await json(`${api}/accounts`, '{"service":"crm"}');
  const items = await fetch(`${account.apiUrl}/v1/items`, {
    headers: { authorization: `Bearer ${account.accessToken}` },
  });
  expect(await items.json()).toMatchObject({ items: [{ id: 'own', name: 'mine' }] });
  const { start: startsAt } = await json(`${api}/clock`);
  expect(startsAt).toBe('2026-05-01T00:00:00.000Z');
  const lifeMs = Date.parse(account.expiresAt) - Date.parse(startsAt);
  expect(lifeMs).toBeGreaterThanOrEqual(300_000);
  expect(lifeMs).toBeLessThan(600_000);
  child.kill('SIGINT');
  await ended;
});

describe('what cannot be served is told in one line', () => {
  test.each([
    [['--service', 'salesforc'], '--service: no service "salesforc": did you mean "salesforce"?'],
    [
      ['--service', 'salesforce:rotatng'],
      'services.salesforce.variant: no variant "rotatng": did you mean "rotating"?',
    ],
    [['--service', 'plain', '--service', 'plain'], '--service: "plain" is named twice: name it once'],
    [
      ['--port', '70000'],
      "option '--port <n>' argument '70000' is invalid. It must be a whole number from 0 to 65535.",
    ],
    [
      ['--port', 'x'],
      "option '--port <n>' argument 'x' is invalid. It must be a whole number from 0 to 65535.",
    ],
    [
      ['--port', '65535', '--service', 'plain'],
      '--port: 65535 leaves no room for 1 services: name a lower one',
    ],
    [
      ['--seed', '-1'],
      "option '--seed <n>' argument '-1' is invalid. It must be a whole number of 0 or more.",
    ],
    [
      ['--host', '192.0.2.1'],
      '--host: 192.0.2.1 can be reached from other machines, and whoever reaches it can give orders: if that is meant, say it twice: --host 192.0.2.1 --host 192.0.2.1',
    ],
    [['--host', '0.0.0.0'], '--host: 0.0.0.0 can be reached from other machines'],
    [['--host', '127.0.0.1', '--host', '0.0.0.0'], '--host: "127.0.0.1" and "0.0.0.0": name one address'],
    [
      ['--host', '192.0.2.1', '--host', '192.0.2.1'],
      '--host: 192.0.2.1 is no address of this machine: leave it out for 127.0.0.1',
    ],
    [['nowhere.yaml'], 'nowhere.yaml: no such file: give the path of a config, or run in its folder'],
  ])('%j', async (args, expected) => {
    const { code, stdout, stderr } = await hour4(['serve', ...args], folderWith({}));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^hour4: [^\n]+\n$/);
    expect(stderr).toContain(expected);
  });

  test('a port that is taken, be it for the control API or for a service', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    for (const control of [port, port - 1]) {
      const { code, stdout, stderr } = await hour4(
        ['serve', '--port', String(control), '--service', 'plain'],
        '/',
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^hour4: --port: port \d+ is taken: name another, or 0 for any free ports\n$/);
    }
  });
});

test('an address that others can reach is served when it was said twice', async () => {
  const stop = new AbortController();
  const args = ['serve', '--port', '0', '--service', 'plain', '--host', '0.0.0.0', '--host', '0.0.0.0'];
  const served = hour4(args, folderWith({}), { signal: stop.signal });
  stop.abort();
  expect(await served).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('http://0.0.0.0:'),
  });
});

test('--proxy: a program that calls the real host reaches the service, also after all began anew', async () => {
  const { child, ended, api, table } = await start(
    ['--service', 'hubspot', '--proxy', '0'],
    undefined,
    'CURL_CA_BUNDLE',
  );
  const variables = Object.fromEntries(
    [...table.matchAll(/export (\w+)='(.*)'/g)].map(([, name, value]) => [name, value]),
  );
  expect(variables).toMatchObject({
    HTTPS_PROXY: expect.stringMatching(/^http:\/\/127/),
    NODE_USE_ENV_PROXY: '1',
  });
  const ask = async (token: string) => {
    const script = `const a = await fetch('https://api.hubapi.com/crm/v3/objects/deals', { headers: { authorization: 'Bearer ${token}' } }).catch((e) => ({ status: e.cause.code })); console.log(a.status);`;
    const asking = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...variables },
    });
    return text(asking.stdout);
  };
  const account = await json(`${api}/accounts`, '{"service":"hubspot"}');
  expect(await ask(account.accessToken)).toBe('200\n');
  await json(`${api}/clock`, '{"advance":"31m"}');
  expect(await ask(account.accessToken)).toBe('401\n');
  expect(await json(`${api}/faults`, '{"do":"tls","match":{"route":"token"}}')).toMatchObject({
    field: 'match.route',
  });
  await json(`${api}/faults`, '{"do":"tls","match":{"service":"hubspot"}}');
  expect(await ask(account.accessToken)).toBe('CERT_HAS_EXPIRED\n');
  await json(`${api}/reset`, '{}');
  expect(await ask((await json(`${api}/accounts`, '{"service":"hubspot"}')).accessToken)).toBe('200\n');
  expect(existsSync(variables.SSL_CERT_FILE ?? '')).toBe(true);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(variables.SSL_CERT_FILE ?? '')).toBe(false);
});

test('--proxy: a port that is taken is told under its own name', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const args = ['serve', '--service', 'plain', '--port', '0', '--proxy', String(port)];
  const { code, stderr } = await hour4(args, folderWith({}));
  taken.close();
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(`--proxy: port ${port} is taken`),
  });
});
