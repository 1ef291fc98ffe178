// What reaches a subject, and what must not: the user's own credentials above all.

import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  accountVariables,
  baseEnvironment,
  firstOfEachService,
  foldersIn,
  worldVariables,
} from '../../harness/subjects/environment.ts';
import { createProvider, SERVICES, seededRandomness } from '../../mocks/index.ts';

const folders = foldersIn('/out/work/1');

describe('the base environment', () => {
  const outer = {
    PATH: ['/repo/node_modules/.bin', '/usr/bin', '/x/node-gyp-bin', '/bin', ''].join(delimiter),
    HOME: '/home/canary',
    XDG_CONFIG_HOME: '/home/canary/.config',
    AWS_SECRET_ACCESS_KEY: 'canary',
    GITHUB_TOKEN: 'canary',
    SSH_AUTH_SOCK: '/canary.sock',
    NODE_OPTIONS: '--require /canary.js',
    LANG: 'en_GB.UTF-8',
  };
  const env = baseEnvironment(outer, folders);

  test('lets nothing of the user through but the allow-list', () => {
    expect(JSON.stringify(env)).not.toContain('canary');
    expect(env.LANG).toBe('en_GB.UTF-8');
  });

  test('has homes of its own', () => {
    for (const name of ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'APPDATA', 'TMPDIR']) {
      expect(env[name]?.startsWith(folders.root), name).toBe(true);
    }
  });

  test("searches programs in the machine's folders, not in those of this installation", () => {
    expect(env.PATH).toBe(['/usr/bin', '/bin'].join(delimiter));
  });

  test('is in UTC', () => {
    expect(env.TZ).toBe('UTC');
  });
});

describe('the variables of the world', () => {
  const connect = (service: string, id: string) => {
    const found = SERVICES.find((candidate) => candidate.id === service);
    if (found === undefined) throw new Error(`no service ${service}`);
    const provider = createProvider(found, {
      origin: 'http://127.0.0.1:1',
      randomness: seededRandomness(id),
    });
    return provider.connect({ id, tenant: 'acme', atMs: Date.parse('2026-03-02T22:00:00.000Z') }).account;
  };

  test('name the first account of each service', () => {
    const accounts = [connect('plain', 'acme-plain'), connect('plain', 'globex-plain')];
    expect(firstOfEachService(accounts).map(({ id }) => id)).toEqual(['acme-plain']);
    const env = worldVariables({
      folders,
      eventsUrl: 'http://127.0.0.1:2/events',
      seed: 3,
      run: 'r',
      accounts,
      webhookSecrets: { plain: 'shared' },
    });
    expect(env).toMatchObject({
      HOUR4_WORLD: join('/out/work/1', 'world.json'),
      HOUR4_STORE: join('/out/work/1', 'store'),
      HOUR4_EVENTS_URL: 'http://127.0.0.1:2/events',
      HOUR4_SEED: '3',
      HOUR4_RUN: 'r',
      HOUR4_PLAIN_API: 'http://127.0.0.1:1',
      HOUR4_PLAIN_TOKEN_URL: 'http://127.0.0.1:1/oauth/token',
      HOUR4_PLAIN_REVOKE_URL: 'http://127.0.0.1:1/oauth/revoke',
      HOUR4_PLAIN_EXPIRES_AT: '2026-03-02T23:00:00.000Z',
      HOUR4_PLAIN_ACCOUNT: 'acme-plain',
      HOUR4_PLAIN_WEBHOOK_SECRET: 'shared',
    });
  });

  test('leave out what a service does not state, and make a name of a hyphen', () => {
    const account = { ...connect('plain', 'a'), service: 'my-crm', expiresAt: null, clientSecret: null };
    const env = accountVariables(account);
    expect(env).not.toHaveProperty('HOUR4_MY_CRM_EXPIRES_AT');
    expect(env).not.toHaveProperty('HOUR4_MY_CRM_CLIENT_SECRET');
    expect(env.HOUR4_MY_CRM_ACCESS_TOKEN).toBe(account.accessToken);
  });
});
