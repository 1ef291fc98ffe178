// A host of one tenant does not know the tokens of another.

import { describe, expect, test } from 'vitest';
import { createProvider } from '../../mocks/provider.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import salesforce from '../../mocks/services/salesforce/index.ts';
import shopify from '../../mocks/services/shopify/index.ts';
import zendesk from '../../mocks/services/zendesk/index.ts';
import { ORIGIN, START_MS } from './visit.ts';

const SERVICES = [
  {
    service: shopify,
    domain: 'myshopify.com',
    path: '/admin/api/2026-01/shop.json',
    words: 'Invalid API key',
  },
  {
    service: salesforce,
    domain: 'my.salesforce.com',
    path: '/services/data/v60.0/sobjects/Account/describe',
    words: 'INVALID_SESSION_ID',
  },
  { service: zendesk, domain: 'zendesk.com', path: '/api/v2/tickets.json', words: null },
];

describe.each(SERVICES)('$service.id', ({ service, domain, path, words }) => {
  function open() {
    const provider = createProvider(service, { origin: ORIGIN, randomness: seededRandomness(7) });
    const [acme] = ['acme', 'globex'].map(
      (tenant) => provider.connect({ id: `${tenant}-1`, tenant, atMs: START_MS }).account,
    );
    const { accessToken = '', authorization = '' } = acme ?? {};
    const [, header = 'authorization', value = authorization] = /^([\w-]+): (.+)$/.exec(authorization) ?? [];
    const headers = { [header.toLowerCase()]: value.replace('{token}', accessToken) };
    return (host: string) =>
      provider.handle({ method: 'GET', host, path, query: {}, headers, body: '' }, START_MS, `at ${host}`);
  }

  test('its own host, one that no tenant has, and one of no name let a token in', () => {
    const at = open();
    for (const host of [`acme.${domain}`, `ACME.${domain}:443`, `mine.${domain}`, '127.0.0.1:8080']) {
      expect(at(host).truth, host).toBe('ok');
    }
  });

  test('the host of another tenant refuses it, where that is known of the service', () => {
    const { truth, answer, row } = open()(`globex.${domain}`);
    if (words === null) return expect(truth).toBe('ok');
    expect([truth, answer.status]).toEqual(['other-host', 401]);
    expect(JSON.stringify(answer.body)).toContain(words);
    expect(row).not.toBeNull();
  });
});
