// What a policy took, a policy can give back.

import { describe, expect, test } from 'vitest';
import { GRANT_ACTS, type GrantAct } from '../../mocks/acts.ts';
import { SERVICES } from '../../mocks/index.ts';
import { knownActs } from '../../mocks/known-acts.ts';
import { createProvider } from '../../mocks/provider.ts';
import { seededRandomness } from '../../mocks/randomness.ts';

const AT_MS = Date.parse('2026-03-02T22:00:00.000Z');
const bars = Object.entries(GRANT_ACTS).flatMap(([act, { command }]) =>
  command.kind === 'bar' ? [act as GrantAct] : [],
);

function opened(service: (typeof SERVICES)[number]) {
  const provider = createProvider(service, {
    origin: 'https://service.example',
    randomness: seededRandomness(1),
  });
  provider.connect({ id: 'acme', tenant: 'acme', atMs: AT_MS });
  return { provider, barsOf: () => provider.authority.grantsOf('acme').flatMap((grant) => grant.bars) };
}

describe.each(SERVICES.map((service) => [service.id, service] as const))('%s', (_id, service) => {
  test('lifts every restriction, and offers to where it knows any', () => {
    const { provider, barsOf } = opened(service);
    const known = knownActs(service, provider.authority.grantsOf('acme')).map(({ act }) => act);
    expect(known.includes('lift-restrictions')).toBe(bars.some((act) => known.includes(act)));
    for (const act of bars) provider.act('acme', { act }, AT_MS);
    expect(barsOf()).not.toEqual([]);
    provider.act('acme', { act: 'lift-restrictions' }, AT_MS);
    expect(barsOf()).toEqual([]);
  });
});
