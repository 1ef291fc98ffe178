// Knobs become policies, one by one.

import { describe, expect, test } from 'vitest';
import type { ServiceKnobs } from '../../harness/config/schema.ts';
import { configureService } from '../../harness/config/services.ts';
import { SERVICES } from '../../mocks/index.ts';

const HOUR_MS = 3_600_000;
const policy = (knobs: ServiceKnobs, id = 'crm') =>
  configureService(id, id === 'crm' ? { base: 'plain', ...knobs } : knobs, SERVICES).policy;
const untouched = SERVICES.find(({ id }) => id === 'plain')?.policy;

describe('a service', () => {
  test('without knobs is the service itself', () => {
    expect(configureService('hubspot', {}, SERVICES)).toEqual(SERVICES.find(({ id }) => id === 'hubspot'));
  });

  test('of one’s own has the routes of its base, under a name and a host of its own', () => {
    const crm = configureService('crm', { base: 'plain' }, SERVICES);
    expect(crm).toMatchObject({ id: 'crm', hosts: ['crm.example'], policy: untouched });
    expect(crm.routes).toBe(SERVICES.find(({ id }) => id === 'plain')?.routes);
  });

  test('takes a variant first and knobs on top of it', () => {
    const rotating = configureService('hubspot', { variant: 'rotating', grace: '30s' }, SERVICES);
    expect(rotating.policy).toMatchObject({ rotation: 'every-use', graceMs: 30_000 });
  });

  test('may grant other scopes', () => {
    expect(configureService('plain', { scopes: ['read'] }, SERVICES).scopes).toEqual(['read']);
  });
});

describe('a knob', () => {
  test.each<[ServiceKnobs, object]>([
    [{ accessTtl: '15m' }, { access: { kind: 'fixed', ttlMs: 900_000 } }],
    [{ accessTtl: 'never' }, { access: { kind: 'never' } }],
    [{ sessionTimeout: '2h' }, { access: { kind: 'sliding', ttlMs: 2 * HOUR_MS, countsAfter: 0 } }],
    [{ refreshTtl: '1d' }, { refresh: { kind: 'fixed', ttlMs: 24 * HOUR_MS } }],
    [{ refreshCap: '7d' }, { refresh: { kind: 'absolute', ttlMs: 168 * HOUR_MS } }],
    [{ refreshIdle: '1h' }, { refresh: { kind: 'idle', windowMs: HOUR_MS } }],
    [
      { refreshIdle: '1h', refreshCap: '7d' },
      { refresh: { kind: 'idle-and-cap', windowMs: HOUR_MS, capMs: 168 * HOUR_MS } },
    ],
    [{ rotation: 'none' }, { rotation: 'none' }],
    [{ grace: '1m30s' }, { graceMs: 90_000 }],
    [{ reuse: 'newest-revoked' }, { reuse: 'newest-revoked' }],
    [{ oldAccess: 'dies' }, { oldAccess: 'dies' }],
    [{ grantsPerAccount: 25 }, { grantsPerAccount: 25 }],
  ])('%j changes what it names and nothing else', (knobs, changed) => {
    expect(policy(knobs)).toEqual({ ...untouched, ...changed });
  });

  test('for a session keeps the rule by which the service counts activity', () => {
    expect(policy({ sessionTimeout: '30m' }, 'salesforce').access).toMatchObject({
      kind: 'sliding',
      ttlMs: 1_800_000,
      countsAfter: 0.5,
    });
  });
});
