// The keys of a config that only a tool has.

import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

const load = (subject: object, services: object = { plain: {}, github: {} }) =>
  loadConfig('c.json', folderWith({ 'c.json': JSON.stringify({ subject, services }) }), SERVICES);

const TOOL = { name: 'deploy', kind: 'tool', run: ['node', 'deploy.mjs'], steps: { call: ['list'] } };

test('what is left out: the first service, the same call for a denial, nothing else', async () => {
  const { subject } = await load(TOOL);
  expect(subject.tool).toEqual({
    name: 'deploy',
    service: 'plain',
    tokenEnv: null,
    files: {},
    steps: { call: ['list'], more: [], denied: ['list'], notFound: null, rollback: null },
  });
});

test('all of it', async () => {
  const steps = { call: ['a'], more: [['b'], ['c', 'd']], denied: ['e'], notFound: ['f'], rollback: ['g'] };
  const { subject } = await load({ ...TOOL, service: 'github', tokenEnv: 'DEPLOY_TOKEN', steps });
  expect(subject.tool).toMatchObject({ service: 'github', tokenEnv: 'DEPLOY_TOKEN', steps });
});

describe('what does not fit', () => {
  test.each<[object, string]>([
    [{ ...TOOL, steps: undefined }, 'subject.steps: a tool needs a command to call'],
    [{ ...TOOL, service: 'githb' }, 'subject.service: no service "githb": did you mean "github"?'],
    [{ ...TOOL, kind: 'agent' }, 'subject.steps: is for kind tool: leave it out'],
    [{ ...TOOL, kind: 'agent', steps: undefined, tokenEnv: 'X' }, 'subject.tokenEnv: is for kind tool'],
    [{ ...TOOL, tokenEnv: 'HOUR4_TOKEN' }, 'subject.tokenEnv: is no name for a variable'],
    [{ ...TOOL, steps: { call: 'list' } }, 'subject.steps.call'],
    [{ ...TOOL, steps: { call: [], rolback: [] } }, 'did you mean "rollback"?'],
  ])('%j', async (subject, complaint) => {
    await expect(load(subject)).rejects.toThrow(complaint);
  });

  test('a module', async () => {
    const module = { name: 'deploy', kind: 'tool', module: 'c.json', steps: { call: [] } };
    await expect(load(module)).rejects.toThrow('subject.module: a tool is a program: name it with run');
  });
});
