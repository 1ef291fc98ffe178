// Whatever is wrong with a config is told in one line that names the file, the key and the fix.

import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../harness/config/load.ts';
import { UsageError } from '../../harness/errors.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

async function problemWith(name: string, text: string): Promise<string> {
  const folder = folderWith({
    [name]: text,
    'broken.json': '[1,\n',
    'numbers.json': '[1]',
    'lists.json': '[[]]',
    'package.json': '{"type":"module"}',
  });
  const error = await loadConfig(name, folder, SERVICES).then(
    () => new Error(`accepted: ${text}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  const { message } = error as UsageError;
  expect(message).not.toContain('\n');
  expect(message).toContain(name);
  return message.replaceAll(`${folder}/`, '');
}

const subject = (keys: string) => `subject: { kind: agent, run: [node, a.mjs], ${keys} }\n`;
const withSubject = (keys: string) => `${subject('')}${keys}\n`;
const withServices = (keys: string) => withSubject(`services: { ${keys} }`);

describe('keys', () => {
  test.each([
    [withSubject('servces: {}'), 'servces: unknown key: did you mean "services"?'],
    [subject('modul: x'), 'subject.modul: unknown key: did you mean "module"?'],
    [
      withSubject('limits: { memory: 3 }'),
      'limits.memory: unknown key: known: realTime, stdout, body, connections, processes',
    ],
    [
      withServices('hubspot: { accesTtl: 3m }'),
      'services.hubspot.accesTtl: unknown key: did you mean "accessTtl"?',
    ],
    ['subject: { run: [node] }', 'subject.kind: is missing: it must be agent or tool or broker'],
    ['services: {}', 'subject: is missing: it must be an object'],
    ['', 'the config: must be an object (got null)'],
    ['[1]', 'the config: must be an object (got [1])'],
  ])('%j', async (text, expected) => {
    expect(await problemWith('hour4.yaml', text)).toBe(`hour4.yaml: ${expected}`);
  });
});

describe('the subject', () => {
  test.each([
    [
      'subject: { kind: tool, run: [node], steps: {}, tokenEnv: X }',
      'subject.steps.call: is missing: it must be an array',
    ],
    ['subject: { kind: robot, run: [node] }', 'subject.kind: must be agent or tool or broker (got "robot")'],
    ['subject: { kind: agent }', 'subject: give either run (a program) or module (an ES module)'],
    [subject('module: a.mjs'), 'subject: give either run (a program) or module (an ES module)'],
    ['subject: { kind: agent, run: [] }', 'subject.run: must not be empty'],
    [
      'subject: { kind: agent, run: node a.mjs }',
      'subject.run: must be an array (got "node a.mjs"): write a list, as in [one, two]',
    ],
    ['subject: { kind: agent, run: [node, 1] }', 'subject.run.1: must be a string (got 1): put it in quotes'],
    ['subject: { kind: agent, module: ./a.ts }', 'subject.module: no such file: a.ts: name an ES module'],
    [
      subject('replicas: 2'),
      'subject.replicas: is for a broker over HTTP: give kind: broker and run, or leave replicas out',
    ],
    [
      subject('webhooks: /hooks'),
      'subject.webhooks: is for a broker over HTTP: give kind: broker and run, or leave webhooks out',
    ],
    [
      'subject: { kind: broker, run: [node], webhooks: hooks }',
      'subject.webhooks: is no path: write one like /webhooks/{service} (got "hooks")',
    ],
    ['subject: { kind: broker, run: [node], replicas: 0 }', 'subject.replicas: must be 1 or more (got 0)'],
    [
      'subject: { kind: broker, run: [node], events: { reauthRequire: x } }',
      'subject.events.reauthRequire: unknown key: did you mean "reauthRequired"?',
    ],
    [subject('time: fast'), 'subject.time: must be auto or exact or compressed or real (got "fast")'],
    [subject('timeFactor: 1'), 'subject.timeFactor: must be 2 or more (got 1)'],
    [subject('env: { PORT: 80 }'), 'subject.env.PORT: must be a string (got 80): put it in quotes'],
    [
      subject('env: { A: "{{ hubspt.api }}" }'),
      'subject.env.A: {{ hubspt.api }} names no service: did you mean "hubspot"?',
    ],
    [
      subject('env: { A: "x {{ store }} {{ hubspot.toString }}" }'),
      'subject.env.A: {{ hubspot.toString }} names no field: ' +
        'known: api, tokenUrl, clientId, clientSecret, accessToken, refreshToken, expiresAt, account',
    ],
    [
      subject('env: { HOUR4_SEED: "2" }'),
      'subject.env.HOUR4_SEED: is no name for a variable of your own: letters, digits and _, and HOUR4_* is set by hour4',
    ],
  ])('%j', async (text, expected) => {
    expect(await problemWith('hour4.yaml', text)).toBe(`hour4.yaml: ${expected}`);
  });

  test('whose program is not there', async () => {
    const message = await problemWith('hour4.yaml', 'subject: { kind: agent, run: [nodee] }');
    expect(message).toContain(
      'hour4.yaml: subject.run: no program "nodee": install it, or give its path from ',
    );
  });
});

describe('services', () => {
  test.each([
    ['hubspot: { rotation: each }', 'hubspot.rotation: must be none or every-use or sticky (got "each")'],
    ['hubspot: { variant: rotatin }', 'hubspot.variant: no variant "rotatin": did you mean "rotating"?'],
    ['plain: { variant: constructor }', 'plain.variant: no variant "constructor": known: same-words, busy'],
    ['crm: { base: plan }', 'crm.base: no service "plan": did you mean "plain"?'],
    [
      'hubspt: {}',
      'hubspt: no service "hubspt": did you mean "hubspot"?; one of your own needs a base, as in base: plain',
    ],
    [
      'hubspot: { base: plain }',
      'hubspot.base: "hubspot" is a service already: leave base out, or choose another id',
    ],
    ['hubspot: { grantsPerAccount: 0 }', 'hubspot.grantsPerAccount: must be 1 or more (got 0)'],
    [
      'hubspot: { grace: 15 }',
      'hubspot.grace: is no grace: write forever, or a number with a unit (ms, s, m, h, d), or a sum such as 3h58m (got 15)',
    ],
    [
      'hubspot: { accessTtl: { min: 2h, max: 1h } }',
      'hubspot.accessTtl: has a min above its max (got {"min":"2h","max":"1h"})',
    ],
    ['hubspot: { statedTtl: -5 }', 'hubspot.statedTtl: must be a string (got -5): put it in quotes'],
    [
      'hubspot: { sessionTimeout: 1h, statedTtl: 2h }',
      'hubspot.sessionTimeout: contradicts statedTtl: leave one of them out (got "1h")',
    ],
    ['hubspot: { graceDepth: previous }', 'hubspot.graceDepth: says nothing without rotation and a grace'],
    [
      'crm: { base: plain, authorization: token }',
      'crm.authorization: is no place for a token: write Bearer {token}, {token}, or X-Api-Key: {token} (got "token")',
    ],
    [
      'crm: { base: plain, tokenPath: oauth/token }',
      'crm.tokenPath: is no path: write one such as /oauth/token (got "oauth/token")',
    ],
    [
      'crm: { base: plain, errors: [{ at: token, causes: [idle], status: 400 }, { at: token, causes: [idle], status: 401 }] }',
      'crm.errors.1.causes: claims "idle" at the token endpoint, as another does: leave it to one of them (got ["idle"])',
    ],
    [
      'hubspot: { accessTtl: 15min }',
      'hubspot.accessTtl: is no duration: write a number with a unit (ms, s, m, h, d), or a sum such as 3h58m (got "15min")',
    ],
    [
      'hubspot: { refreshTtl: 0s }',
      'hubspot.refreshTtl: is no lifetime: write a duration longer than nothing (got "0s")',
    ],
    [
      'hubspot: { accessTtl: 1h, sessionTimeout: 2h }',
      'hubspot.sessionTimeout: contradicts accessTtl: leave one of them out (got "2h")',
    ],
    [
      'hubspot: { refreshTtl: 1h, refreshCap: 2h }',
      'hubspot.refreshCap: contradicts refreshTtl: leave one of them out (got "2h")',
    ],
    [
      'hubspot: { refreshOfOnly: { scopes: [oauth] } }',
      'hubspot.refreshOfOnly: has no lifetime: add refreshTtl, refreshCap or refreshIdle (got {"scopes":["oauth"]})',
    ],
    [
      'hubspot: { refreshOfOnly: { scopes: [oauth], refreshTtl: 1h, refreshIdle: 2h } }',
      'hubspot.refreshOfOnly.refreshIdle: contradicts refreshTtl: leave one of them out (got "2h")',
    ],
    [
      'Crm: { base: plain }',
      'Crm: is no id: write lower-case letters, digits and hyphens, 63 characters at most',
    ],
  ])('%s', async (text, expected) => {
    expect(await problemWith('hour4.yaml', withServices(text))).toBe(`hour4.yaml: services.${expected}`);
  });

  test('none at all', async () => {
    expect(await problemWith('hour4.yaml', withServices(''))).toBe(
      'hour4.yaml: services: names none: name one, or leave the key out for those of the night',
    );
  });
});

describe('data, start, job and limits', () => {
  const NO_DATA = 'is no data: name a JSON file with an array of objects, or write the array here';
  test.each([
    ['data: { plain: { items: [] } }', 'data.plain: no service "plain": known: hubspot, salesforce, google'],
    ['data: { hubspot: { deals: ./no.json } }', 'data.hubspot.deals: no such file: no.json'],
    ['data: { hubspot: { deals: ./broken.json } }', 'broken.json: is not JSON: Unexpected end of JSON input'],
    [
      'data: { hubspot: { deals: ./numbers.json } }',
      'data.hubspot.deals: numbers.json must hold an array of objects',
    ],
    [
      'data: { hubspot: { deals: ./lists.json } }',
      'data.hubspot.deals: lists.json must hold an array of objects',
    ],
    ['data: { hubspot: { deals: 5 } }', `data.hubspot.deals: ${NO_DATA} (got 5)`],
    ['start: yesterday', 'start: is no instant: write one like 2026-03-02T22:00:00.000Z (got "yesterday")'],
    ['limits: { processes: many }', 'limits.processes: must be a number (got "many")'],
    ['job: 3', 'job: must be an object (got 3)'],
    ['scenarios: all', 'scenarios: must be an array (got "all"): write a list, as in [one, two]'],
    [
      'limits: { stdout: 10MB }',
      'limits.stdout: is no size: write a number above 0 with B, KiB, MiB or GiB, e.g. 10MiB (got "10MB")',
    ],
  ])('%s', async (text, expected) => {
    expect(await problemWith('hour4.yaml', withSubject(text))).toBe(`hour4.yaml: ${expected}`);
  });
});

describe('files', () => {
  test.each([
    [
      'hour4.yaml',
      'subject:\n  kind: agent\n run: x\n',
      'hour4.yaml:3: is not YAML: All mapping items must start',
    ],
    ['hour4.yaml', 'a: 1\na: 2\n', 'hour4.yaml:2: is not YAML: Map keys must be unique'],
    ['hour4.yaml', 'a: *b\n', 'hour4.yaml: is not YAML: Unresolved alias'],
    ['hour4.config.json', '{\n "subject": {,\n', 'hour4.config.json: is not JSON: Expected property name'],
    ['hour4.config.mjs', 'throw new Error("boom\\nand more");', 'hour4.config.mjs: cannot be loaded: boom'],
    [
      'hour4.config.ts',
      'export const a: number = 1;',
      'hour4.config.ts: has no default export: export default',
    ],
    [
      'hour4.config.js',
      'export default { subject: { kind: "agent", run: ["node"] }, job: { f: () => 1 } };',
      'hour4.config.js: job.f: must be a value that JSON knows (got a function)',
    ],
    ['hour4.toml', '', 'hour4.toml: is no config: its name ends in .yaml, .yml, .json, .ts, .js, .mjs'],
  ])('%s: %j', async (name, text, expected) => {
    expect(await problemWith(name, text)).toContain(expected);
  });

  test('none at all', async () => {
    const folder = folderWith({ 'a.txt': '' });
    await expect(loadConfig(null, folder, SERVICES)).rejects.toThrow(
      `no config in ${folder}: write hour4.yaml or hour4.config.ts there, or give a path`,
    );
    await expect(loadConfig('b.yaml', folder, SERVICES)).rejects.toThrow('b.yaml: no such file');
  });
});
