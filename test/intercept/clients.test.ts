// Programs as they are, of several languages, reach the mocks under the real hosts.

import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Account, SERVICES } from '../../mocks/index.ts';
import { systemProgram } from '../debian.ts';
import { type Visit, type Visited, visit } from './visit.ts';

const curl = systemProgram({ package: 'curl', names: ['curl'] });
const gh = systemProgram({ package: 'gh', names: ['gh'] });
const rclone = systemProgram({ package: 'rclone', names: ['rclone'] });
const python = systemProgram({ package: 'python3-requests', names: ['python3'] });

const DEALS = 'https://api.hubapi.com/crm/v3/objects/deals?limit=1';
const through = (argv: readonly string[], more: Partial<Visit> = {}) =>
  visit({ clock: 'real', intercept: 'proxy', ...more, argv });
const shell = (script: string, more: Partial<Visit> = {}) => through(['sh', '-c', script], more);
const calls = ({ entries }: Visited) =>
  entries.flatMap((entry) => (entry.kind === 'exchange.answered' ? [`${entry.route} ${entry.status}`] : []));
const asked = ({ entries }: Visited) =>
  entries.flatMap((entry) => (entry.kind === 'exchange.opened' ? [`${entry.service} ${entry.via}`] : []));
const refused = ({ entries }: Visited) =>
  entries.flatMap((entry) => (entry.kind === 'host.unclaimed' ? [`${entry.host} ${entry.chained}`] : []));

describe.skipIf(curl === null)('curl', { timeout: 60_000 }, () => {
  for (const version of ['1.1', '2'])
    test(`over HTTP/${version}`, async () => {
      const seen = await shell(
        `curl -sS --http${version} -w '\\n%{http_version} %{http_code}\\n' -H "authorization: Bearer $HOUR4_HUBSPOT_ACCESS_TOKEN" '${DEALS}'
         curl -sS --http${version} -o /dev/null -w '%{http_version} %{http_code}\\n' -d '{"properties":{"dealname":"new"}}' \
           -H 'content-type: application/json' -H "authorization: Bearer $HOUR4_HUBSPOT_ACCESS_TOKEN" https://api.hubapi.com/crm/v3/objects/deals`,
      );
      expect(seen.stderr).toBe('');
      const [body = '', first, second] = seen.stdout.split('\n');
      expect(JSON.parse(body).results).toHaveLength(1);
      expect([first, second]).toEqual([`${version} 200`, `${version} 201`]);
      expect(calls(seen)).toEqual(['deals.list 200', 'deals.create 201']);
    });

  test('without TLS, and through a tunnel to port 80', async () => {
    const say = "-sS -o /dev/null -w '%{http_code}\\n' http://api.hubapi.com/crm/v3/objects/deals";
    const seen = await shell(`curl ${say}; curl --proxytunnel ${say}`);
    expect(seen.stdout).toBe('401\n401\n');
    expect(asked(seen)).toEqual(['hubspot http://api.hubapi.com', 'hubspot http://api.hubapi.com']);
  });

  test('a host that no service claims is refused, with a reason, and is on record', async () => {
    const seen = await shell('curl -sS http://nobody.example/; curl -sS https://nobody.example/');
    expect(seen.stdout).toBe(
      'hour4: no mock service answers at nobody.example, and nothing is sent to the real one.\n',
    );
    expect(seen.stderr).toContain('502');
    expect(refused(seen)).toEqual(['nobody.example false', 'nobody.example false']);
  });

  test('a host below a wildcard, and two services at one host by the path', async () => {
    const github = SERVICES.find(({ id }) => id === 'github');
    if (github === undefined) throw new Error('not there');
    const shared = { ...github, hosts: ['api.hubapi.com'] };
    const seen = await shell(
      `curl -sS -o /dev/null https://acme--dev.sandbox.my.salesforce.com/services/data
       curl -sS -o /dev/null https://api.hubapi.com/user
       curl -sS -o /dev/null '${DEALS}'`,
      { services: ['hubspot', 'salesforce', shared] },
    );
    expect(seen.stderr).toBe('');
    expect(asked(seen)).toEqual([
      'salesforce https://acme--dev.sandbox.my.salesforce.com',
      'github https://api.hubapi.com',
      'hubspot https://api.hubapi.com',
    ]);
  });

  test('NO_PROXY: loopback and the hosts that the subject named are reached directly', async () => {
    const seen = await shell(
      `curl -sS -o /dev/null "$HOUR4_HUBSPOT_API/x"; curl -sS --noproxy '' -o /dev/null "$HOUR4_HUBSPOT_API/x"; curl -sS '${DEALS}'`,
      { env: { NO_PROXY: 'api.hubapi.com' } },
    );
    expect(seen.stderr).toContain('Could not resolve host: api.hubapi.com');
    // Who sends even calls of this machine through the proxy is served, and seen to do so.
    expect(asked(seen)).toEqual(['hubspot undefined', 'hubspot http://hubspot']);
  });

  for (const version of ['1.1', '2'])
    test(`a connection that a fault resets or drops, over HTTP/${version}`, async () => {
      const seen = await shell(
        `for i in 1 2 3; do curl -sS -o /dev/null --http${version} '${DEALS}'; echo $?; done`,
        {
          prepare: ({ faults }) => {
            faults.add({ id: 'first', match: {}, count: 1, do: 'reset', when: 'after-commit' });
            faults.add({ id: 'second', match: {}, count: 1, do: 'drop', when: 'before-commit' });
          },
        },
      );
      const [reset, dropped, served] = seen.stdout.split('\n').map(Number);
      expect(reset).toBeGreaterThan(0);
      expect(dropped).toBeGreaterThan(0);
      expect(served).toBe(0);
      expect(seen.entries.filter(({ kind }) => kind === 'exchange.lost')).toHaveLength(2);
    });
});

describe('a proxy that the subject had before', { timeout: 60_000 }, () => {
  test.skipIf(curl === null)('is asked for what no service claims, and for nothing else', async () => {
    const own = await ownProxy();
    const seen = await shell(
      `curl -sS http://own.example/a?b=1; curl -sSk https://own.example/ || true; curl -sS -o /dev/null '${DEALS}'`,
      { env: { HTTPS_PROXY: own.url } },
    );
    own.close();
    expect(seen.stdout).toBe('own');
    expect(own.seen).toEqual(['GET http://own.example/a?b=1', 'CONNECT own.example:443']);
    expect(refused(seen)).toEqual(['own.example true', 'own.example true']);
    expect(calls(seen)).toEqual(['deals.list 401']);
  });
});

/** A small proxy of the subject's own, which answers plain requests itself and leads tunnels nowhere. */
async function ownProxy() {
  const seen: string[] = [];
  const note = ({ method, url }: IncomingMessage) => seen.push(`${method} ${url}`);
  const server = createServer((incoming, outgoing) => {
    note(incoming);
    outgoing.end('own');
  });
  server.on('connect', (incoming, socket) => {
    note(incoming);
    socket.end('HTTP/1.1 503 Not today\r\n\r\n');
  });
  const port = await listening(server);
  return { seen, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test.skipIf(python === null)('requests for Python', { timeout: 60_000 }, async (context) => {
  const seen = await through(['python3', 'fixtures/ask.py']);
  if (seen.stdout === 'no requests\n') context.skip('the Python module requests is not there');
  expect(seen).toMatchObject({ exit: 0, stderr: '', stdout: '200 1\nProxyError\n' });
  expect(refused(seen)).toEqual(['nobody.example false']);
});

test.skipIf(gh === null)('gh', { timeout: 60_000 }, async () => {
  const seen = await shell('GH_TOKEN=$HOUR4_GITHUB_ACCESS_TOKEN gh api user/repos --jq ".[].full_name"', {
    services: ['github'],
  });
  expect(seen).toMatchObject({ exit: 0, stderr: '' });
  expect(seen.stdout.split('\n')).toContain('acme/website');
  expect(asked(seen)).toEqual(['github https://api.github.com']);
});

test.skipIf(rclone === null)('rclone refreshes and lists', { timeout: 60_000 }, async () => {
  const files = [
    { id: 'd1', name: 'reports', mimeType: 'application/vnd.google-apps.folder', parents: ['root'] },
  ];
  const seen = await shell('rclone lsf night: --config "$HOME/rclone.conf"', {
    services: ['google'],
    data: { google: { files } },
    prepare: ({ accounts: [account] }, home) => writeConfig(join(home, 'rclone.conf'), account),
  });
  expect(seen).toMatchObject({ exit: 0, stdout: 'reports/\n' });
  expect(calls(seen)[0]).toBe('token 200');
  expect(new Set(asked(seen))).toEqual(
    new Set(['google https://oauth2.googleapis.com', 'google https://www.googleapis.com']),
  );
});

/** A remote whose access token is over. */
function writeConfig(path: string, account: Account | undefined): void {
  if (account === undefined) throw new Error('there is no account');
  const { accessToken, refreshToken, clientId, clientSecret } = account;
  const expiry = '2020-01-01T00:00:00Z';
  const token = { access_token: accessToken, token_type: 'Bearer', refresh_token: refreshToken, expiry };
  const lines = ['type = drive', `client_id = ${clientId}`, `client_secret = ${clientSecret}`];
  writeFileSync(path, ['[night]', ...lines, `token = ${JSON.stringify(token)}`, ''].join('\n'));
}
