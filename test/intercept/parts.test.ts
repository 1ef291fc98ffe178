// The parts of interception, one by one: certificates, hosts, variables, the proxy of one's own.

import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCertificateAuthority } from '../../harness/intercept/certificates.ts';
import { upstreamIn } from '../../harness/intercept/upstream.ts';
import { proxyVariables } from '../../harness/intercept/variables.ts';
import { claimantsOf, nameOf } from '../../mocks/hosts.ts';

describe('the authority', () => {
  test.each(['api.hubapi.com', 'acme--dev.sandbox.my.salesforce.com', '169.254.169.254'])(
    'vouches for %s, and for nobody else',
    async (host) => {
      const { certificate, identityOf } = await createCertificateAuthority();
      const server = createServer(await identityOf(host), (_, outgoing) => outgoing.end());
      onTestFinished(() => void server.close());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const ask = (name: string, ca: string) =>
        new Promise((resolve) => {
          const { port } = server.address() as AddressInfo;
          const options = {
            host: '127.0.0.1',
            port,
            ca,
            headers: { host: name },
            servername: name,
            agent: false,
          };
          const asking = request(options, (answer) => resolve(answer.resume().statusCode));
          asking.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end();
        });
      const isAddress = /^\d/.test(host);
      if (!isAddress) expect(await ask(host, certificate)).toBe(200);
      expect(await ask('elsewhere.example', certificate)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      const { certificate: stranger } = await createCertificateAuthority();
      expect(await ask(host, stranger)).not.toBe(200);
    },
  );

  test('issues once for each host', async () => {
    const { identityOf } = await createCertificateAuthority();
    expect(await identityOf('a.example')).toBe(await identityOf('a.example'));
    expect((await identityOf('a.example')).cert).not.toBe((await identityOf('b.example')).cert);
  });
});

describe('hosts', () => {
  const exact = { hosts: ['api.acme.example'] };
  const wild = { hosts: ['*.acme.example'] };

  test.each([
    ['api.acme.example', [exact, wild]],
    ['www.acme.example', [wild]],
    ['a.b.acme.example', [wild]],
    ['acme.example', []],
    ['.acme.example', []],
    ['notacme.example', []],
  ])('%s', (name, wanted) => {
    expect(claimantsOf(name, [wild, exact])).toEqual(wanted);
  });

  test.each([
    ['API.Acme.Example:443', 'api.acme.example'],
    ['acme.example.', 'acme.example'],
  ])('%s is compared as %s', (host, name) => expect(nameOf(host)).toBe(name));
});

test('the variables name the proxy in both spellings, and keep the hosts that are to be direct', () => {
  const variables = proxyVariables('http://127.0.0.1:1', '/ca.pem', { NO_PROXY: 'own.example' });
  expect(variables).toMatchObject({
    HTTPS_PROXY: 'http://127.0.0.1:1',
    http_proxy: 'http://127.0.0.1:1',
    NO_PROXY: 'localhost,127.0.0.1,::1,own.example',
    no_proxy: 'localhost,127.0.0.1,::1,own.example',
    SSL_CERT_FILE: '/ca.pem',
  });
});

describe('a proxy of the subject’s own', () => {
  test.each([
    [{}, null],
    [{ HTTPS_PROXY: '' }, null],
    [{ HTTPS_PROXY: 'http://127.0.0.1:8888' }, { host: '127.0.0.1', port: 8888 }],
    [{ http_proxy: 'localhost:3128' }, { host: 'localhost', port: 3128 }],
    [{ ALL_PROXY: 'http://[::1]' }, { host: '::1', port: 80 }],
  ])('%j', (env, wanted) => expect(upstreamIn(env as Record<string, string>)).toEqual(wanted));

  test.each([
    'http://proxy.corp.example:8080',
    'https://127.0.0.1:1',
    'socks5://127.0.0.1:1',
    'http://127.evil.example',
  ])('%s is refused', (url) =>
    expect(() => upstreamIn({ HTTPS_PROXY: url })).toThrow('hour4 sends nothing elsewhere'),
  );
});
