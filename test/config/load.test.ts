// Configs in every format, with every default, and what becomes of paths, files and templates.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

const SUBJECT = { name: 'sync', kind: 'agent', run: ['node', 'sync.mjs'] };
const load = (folder: string, path: string | null = null) => loadConfig(path, folder, SERVICES);

describe('a config', () => {
  test('that says the least gets every default', async () => {
    const folder = folderWith({ 'hour4.config.json': JSON.stringify({ subject: SUBJECT }) });
    expect(await load(folder)).toEqual({
      file: join(folder, 'hour4.config.json'),
      subject: {
        name: 'sync',
        kind: 'agent',
        run: ['node', 'sync.mjs'],
        module: null,
        cwd: folder,
        env: {},
        time: 'auto',
      },
      services: { hubspot: {}, salesforce: {}, google: {} },
      startMs: Date.parse('2026-03-02T22:00:00.000Z'),
      scenarios: ['*'],
      ownScenarios: [],
      data: {},
      job: null,
      limits: {
        realTimeMs: 120_000,
        stdoutBytes: 10_485_760,
        bodyBytes: 10_485_760,
        connections: 2000,
        processes: 256,
      },
    });
  });

  test.each([
    ['hour4.yaml', 'subject: { name: sync, kind: agent, run: [node, sync.mjs] }\n'],
    ['hour4.yml', '# a comment\nsubject:\n  name: sync\n  kind: agent\n  run: [node, sync.mjs]\n'],
    ['hour4.config.json', `\uFEFF${JSON.stringify({ $schema: './hour4.schema.json', subject: SUBJECT })}`],
    ['hour4.config.mjs', `export default ${JSON.stringify({ subject: SUBJECT })};\n`],
    ['hour4.config.js', `export default ${JSON.stringify({ subject: SUBJECT })};\n`],
    [
      'hour4.config.ts',
      `const name: string = 'sync';\nexport default { subject: { name, kind: 'agent', run: ['node', 'sync.mjs'] } };\n`,
    ],
  ])('is found as %s', async (name, text) => {
    const folder = folderWith({ [name]: text, 'package.json': '{"type":"module"}' });
    expect((await load(folder)).subject).toMatchObject({ name: 'sync', run: ['node', 'sync.mjs'] });
  });

  test('is given by its path, or by the path of its folder', async () => {
    const folder = folderWith({ 'night/hour4.yaml': 'subject: { kind: agent, run: [node, a.mjs] }\n' });
    const file = join(folder, 'night', 'hour4.yaml');
    expect((await load(folder, 'night/hour4.yaml')).file).toBe(file);
    expect((await load(folder, 'night')).file).toBe(file);
  });

  test('names a subject by its program where it has no name', async () => {
    const folder = folderWith({ 'hour4.yaml': 'subject: { kind: agent, run: [node, jobs/sync.mjs] }\n' });
    expect((await load(folder)).subject.name).toBe('sync.mjs');
  });

  test('has its paths resolved from its own folder', async () => {
    const folder = folderWith({
      'conf/hour4.yaml': 'subject: { kind: agent, module: ../agent.mjs, cwd: .. }\n',
      'agent.mjs': '',
    });
    const { subject } = await load(folder, 'conf');
    expect(subject).toMatchObject({ module: join(folder, 'agent.mjs'), cwd: folder, run: null });
  });

  test('finds a program by a path relative to the working directory of the subject', async () => {
    const folder = folderWith({ 'hour4.yaml': 'subject: { kind: agent, run: [./bin/tool], cwd: app }\n' });
    await expect(load(folder)).rejects.toThrow('subject.cwd: no such folder');
    const { chmodSync, mkdirSync, writeFileSync } = await import('node:fs');
    mkdirSync(join(folder, 'app', 'bin'), { recursive: true });
    writeFileSync(join(folder, 'app', 'bin', 'tool'), '#!/bin/sh\n');
    await expect(load(folder)).rejects.toThrow('no program "./bin/tool"');
    chmodSync(join(folder, 'app', 'bin', 'tool'), 0o755);
    expect((await load(folder)).subject.run).toEqual(['./bin/tool']);
  });

  test('does not count a program that only hour4 would see', async () => {
    const folder = folderWith({ 'hour4.yaml': 'subject: { kind: agent, run: [vitest] }\n' });
    await expect(load(folder)).rejects.toThrow('no program "vitest"');
  });

  test('may bring data, in files and inline', async () => {
    const folder = folderWith({
      'hour4.yaml':
        'subject: { kind: agent, run: [node] }\n' +
        'services: { hubspot: , plain: {} }\n' +
        'data: { hubspot: { deals: ./deals.json }, plain: { items: [{ id: "7" }] } }\n',
      'deals.json': '[{ "id": "1" }]',
    });
    const { data, services } = await load(folder);
    expect(data).toEqual({ hubspot: { deals: [{ id: '1' }] }, plain: { items: [{ id: '7' }] } });
    expect(services).toEqual({ hubspot: {}, plain: {} });
  });

  test('may bring a job, knobs, a start and limits', async () => {
    const folder = folderWith({
      'hour4.yaml':
        'subject: { kind: agent, run: [node], time: real, env: { URL: "{{ crm.api }}/v1" } }\n' +
        'services: { crm: { base: plain, accessTtl: 15m } }\n' +
        'job: { every: [1, null, { a: true }] }\n' +
        'start: 2026-12-31T23:30:00+01:00\n' +
        'limits: { realTime: 1m30s, stdout: 1KiB, body: 2MiB, connections: 3, processes: 4 }\n',
    });
    const config = await load(folder);
    expect(config.subject).toMatchObject({ time: 'real', env: { URL: '{{ crm.api }}/v1' } });
    expect(config.services).toEqual({ crm: { base: 'plain', accessTtl: '15m' } });
    expect(config.job).toEqual({ every: [1, null, { a: true }] });
    expect(config.startMs).toBe(Date.parse('2026-12-31T22:30:00.000Z'));
    expect(config.limits).toEqual({
      realTimeMs: 90_000,
      stdoutBytes: 1024,
      bodyBytes: 2_097_152,
      connections: 3,
      processes: 4,
    });
  });
});

describe('interception', () => {
  const configOf = (subject: object) =>
    folderWith({ 'hour4.config.json': JSON.stringify({ subject: { ...SUBJECT, ...subject } }) });

  test.each(['proxy', 'msw', 'none'] as const)('%s', async (intercept) => {
    expect((await load(configOf({ intercept }))).subject.intercept).toBe(intercept);
  });

  test('a proxy that is not on this machine is told, with its variable', async () => {
    const env = { HTTPS_PROXY: 'http://proxy.corp.example:8080' };
    await expect(load(configOf({ intercept: 'proxy', env }))).rejects.toThrow(
      'subject.env.HTTPS_PROXY: http://proxy.corp.example:8080 is no HTTP proxy of this machine',
    );
    expect((await load(configOf({ env }))).subject.env).toEqual(env);
  });
});
