// What the command line tells without running anything: lists, explanations, the environment, help.

import { describe, expect, test } from 'vitest';
import { SERVICES } from '../../mocks/index.ts';
import { REPORTS } from '../../reports/index.ts';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { SCENARIOS } from '../../scenarios/index.ts';
import { folderWith } from '../config/folder.ts';
import { hour4 } from './inside.ts';

const LISTED = { services: SERVICES, scenarios: SCENARIOS, checks: CHECKS, reports: REPORTS };

describe.each(Object.entries(LISTED))('list %s', (name, things) => {
  test('has a line for each', async () => {
    const { code, stdout } = await hour4(['list', name], '/');
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/\s{2,}/)),
    ).toEqual(things.map(({ id, title }) => [id, title]));
  });

  test('is an array for programs', async () => {
    const { code, stdout } = await hour4(['list', name, '--json'], '/');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(things.map(({ id, title }) => ({ id, title })));
  });
});

describe('explain', () => {
  test('tells why a check exists, how it is judged and how a failure is mended', async () => {
    const { code, stdout } = await hour4(['explain', 'no-silent-skip'], '/');
    const check = CHECKS.find(({ id }) => id === 'no-silent-skip');
    expect(code).toBe(0);
    for (const text of [check?.title, check?.why, check?.judged, check?.fix, 'hour-four']) {
      expect(stdout).toContain(text);
    }
  });

  test('tells why a check leaves a kind of subject alone that one would expect it to judge', async () => {
    const { stdout } = await hour4(['explain', 'only-the-affected'], '/');
    const check = CHECKS.find(({ id }) => id === 'only-the-affected');
    expect(stdout).toContain(`broker\n  ${check?.notFor?.agent}`);
  });

  test('tells the story of a scenario', async () => {
    const { code, stdout } = await hour4(['explain', 'hour-four'], '/');
    expect(code).toBe(0);
    expect(stdout).toContain('04:00:00 revoke on acme-salesforce');
    expect(stdout).toContain('no-silent-skip');
  });

  test('tells how far a clock is from the right time, and to which side', async () => {
    const { stdout } = await hour4(['explain', 'skewed-clock'], '/');
    expect(stdout).toContain('00:00:00 the clock of broker-0 is 4m behind');
    expect(stdout).toContain('00:26:00 the clock of broker-0 is 30s ahead');
  });
});

describe('explain, for a thread in public', () => {
  test('tells what was reported, where, and how it is brought about', async () => {
    const { code, stdout } = await hour4(['explain', 'vercel/ai#20674'], '/');
    expect(code).toBe(0);
    for (const text of ['https://github.com/vercel/ai/issues/20674', 'holder-pauses', 'session-survives'])
      expect(stdout).toContain(text);
  });

  test('a thread that is mistyped is told the nearest', async () => {
    const { code, stderr } = await hour4(['explain', 'vercel/ai#2067'], '/');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "vercel/ai#20674"');
  });

  test('a scenario and a check name the threads in which people met them', async () => {
    for (const id of ['holder-pauses', 'session-survives'])
      expect((await hour4(['explain', id], '/')).stdout).toContain('vercel/ai#20674');
  });
});

describe('explain, for an error', () => {
  test('tells whose it is, what can be behind it, how to meet it, and the way out', async () => {
    const { code, stdout } = await hour4(['explain', 'missing_scope', '--service', 'dropbox'], '/');
    expect(code).toBe(0);
    for (const text of ['dropbox: ', '401', 'scope-missing', 'ask the resource owner', 'Known from']) {
      expect(stdout).toContain(text);
    }
  });

  test('lists whoever says it where many do, with their way out', async () => {
    const { code, stdout } = await hour4(['explain', 'invalid_grant'], '/');
    expect(code).toBe(0);
    for (const service of ['plain', 'google', 'salesforce'])
      expect(stdout).toMatch(new RegExp(`^  ${service} `, 'm'));
    expect(stdout).toContain('--service');
  });

  test('takes whole words before pieces of them, and pieces where there is no such word', async () => {
    const { stdout: word } = await hour4(['explain', '124'], '/');
    expect(new Set(word.match(/^\w+: (?=[\w-]+, at)/gm))).toEqual(new Set(['zoom: ']));
    const { stdout: piece } = await hour4(['explain', 'expired_access_toke'], '/');
    expect(piece).toContain('dropbox: ');
  });

  test.each([
    [
      'the number in it',
      'The OAuth token used to make this call expired 5 minute(s) ago.',
      'hubspot: access-token-expired',
    ],
    ['the moment in it', 'TokenExpired: token expired at 08/12/2022 07:00:40', 'xero: access-token-expired'],
    ['the scope in it', 'Invalid scope: `write` required', 'linear: scope-missing'],
    [
      'the key in it',
      'Incorrect API key provided: sk-abc***xyz. You can find your API key',
      'openai: invalid-api-key',
    ],
    [
      'half a sentence',
      'Rate limit reached for gpt-4o in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.',
      'openai: rate-limited',
    ],
    [
      'the spaces of its JSON',
      '{ "error": "invalid_grant",\n "error_description": "ip restricted" }',
      'salesforce: token-request-ip',
    ],
  ])('knows a message by the rest of it where %s differs', async (_, message, row) => {
    const { stdout } = await hour4(['explain', message], '/');
    expect(stdout).toContain('no service says just that; the nearest to it:');
    expect(stdout).toContain(row);
  });

  test('tells what is known of an error that nothing brings about', async () => {
    const { code, stdout } = await hour4(['explain', 'login rate exceeded'], '/');
    expect(code).toBe(0);
    for (const text of ['salesforce: limit of the token endpoint', '3600 logins', '(assumed)'])
      expect(stdout).toContain(text);
  });

  test.each([
    [['explain', 'something went terribly wrong here'], 'give a shorter piece of the message'],
    [['explain', 'not_allowed_in_here'], 'no service says "not_allowed_in_here"'],
    [['explain', 'no-silent-skp'], 'did you mean "no-silent-skip"?'],
    [['explain', 'INVALID_SESSION_ID', '--service', 'salesfroce'], 'did you mean "salesforce"?'],
    [['explain', 'INVALID_SESSION_ID', '--service', 'plain'], 'plain never says "INVALID_SESSION_ID"'],
  ])('%j is a mistake with a hint', async (args, hint) => {
    const { code, stderr } = await hour4(args, '/');
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
  });
});

describe('list services --json', () => {
  test('holds knobs, variants, routes, facts, and every error row with its words', async () => {
    const { stdout } = await hour4(['list', 'services', '--json'], '/');
    for (const [index, listed] of JSON.parse(stdout).entries()) {
      const service = SERVICES[index];
      expect(listed.knobs).toMatchObject({ codeTtlMs: service?.policy.codeTtlMs });
      expect(listed.variants.map(({ id }: { id: string }) => id)).toEqual(
        Object.keys(service?.variants ?? {}),
      );
      expect(listed.routes).toHaveLength(service?.routes.length ?? 0);
      const ids = service?.wire.flatMap(({ id, further = [] }) => [id, ...further.map(() => id)]) ?? [];
      const own = listed.errors.slice(0, ids.length);
      expect(own.map(({ id }: { id: string }) => id)).toEqual(ids);
      for (const { variant } of listed.errors.slice(ids.length))
        expect(Object.keys(service?.variants ?? {})).toContain(variant);
      for (const { status, producedBy, source } of listed.errors) {
        expect(status).toBeGreaterThanOrEqual(200);
        expect(producedBy).not.toBe('');
        expect(source).not.toBe('');
      }
    }
  });
});

describe('env', () => {
  const CONFIG =
    'subject: { name: sync, kind: agent, run: [node, a.mjs], env: { URL: "{{ crm.api }}/v1", S: "{{ store }}" } }\n' +
    'services: { salesforce: {}, crm: { base: plain, accessTtl: 15m } }\n' +
    'job: { every: 3 }\n';

  test('tells every variable and the world file, and shows secrets by their shape only', async () => {
    const folder = folderWith({ 'hour4.yaml': CONFIG });
    const { code, stdout, stderr } = await hour4(['env'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [variables = '', worldFile = ''] = stdout.split('\n# The file at HOUR4_WORLD\n');
    const lines = variables.split('\n');
    expect(lines).toContain('HOUR4_SALESFORCE_ACCOUNT=acme-salesforce');
    expect(lines).toContain('HOUR4_CRM_EXPIRES_AT=2026-03-02T22:15:00.000Z');
    expect(lines).toContain('HOUR4_CRM_ACCESS_TOKEN=<access token, 49 characters>');
    expect(lines).toContain('URL=http://127.0.0.1:<port>/v1');
    expect(lines).toContain('S=<run>/store');
    expect(lines.filter((line) => line.startsWith('HOUR4_SALESFORCE_EXPIRES_AT'))).toEqual([]);
    const world = JSON.parse(worldFile);
    expect(world).toMatchObject({ schema: 'hour4/world@1', job: { every: 3 }, resume: false });
    expect(world.accounts.map(({ id }: { id: string }) => id)).toEqual(['acme-salesforce', 'acme-crm']);
    expect(stdout).not.toMatch(/plain-at-|plain-rt-/);
  });

  test.each([
    [
      '{ kind: broker, run: [node, a.mjs], intercept: proxy, env: { NO_PROXY: internal } }',
      ['PORT=<port>', 'HOUR4_REPLICA=0', 'https_proxy=http://127.0.0.1:<port>', 'SSL_CERT_FILE=<run>-ca.pem'],
    ],
    [
      '{ kind: agent, run: [python3, a.py], time: compressed }',
      ['HOUR4_TIME_FACTOR=360', 'HOUR4_PLAIN_EXPIRES_AT=2026-03-02T22:00:10.000Z'],
    ],
    ['{ kind: agent, run: [node, a.mjs], intercept: msw }', ['HOUR4_INTERCEPT=http://127.0.0.1:<port>']],
  ])('tells what depends on the start: %s', async (subject, expected) => {
    const folder = folderWith({
      'hour4.yaml': `subject: ${subject}\nservices: { plain: {} }\n`,
      'a.mjs': '',
    });
    const { stdout } = await hour4(['env'], folder);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(expected));
  });
});

describe('help', () => {
  test.each([
    [['--help'], 'Exit codes: 0 passed, 1 failed or nothing concluded, 2 bad usage, 3 hour4 itself failed'],
    [['run', '--help'], "hour4 run sync.yaml --scenario 'hour-*'"],
    [['run', '--help'], 'run the same seed n times, and fail if a verdict changes'],
    [['help', 'list'], 'hour4 list checks --json'],
    [['--version'], '0.1.0'],
  ])('%j', async (args, expected) => {
    const { code, stdout, stderr } = await hour4(args, '/');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(expected);
  });

  test('is what one gets for no command, with the code of a mistake', async () => {
    const { code, stdout, stderr } = await hour4([], '/');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: hour4');
  });
});
