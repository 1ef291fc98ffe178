// Which exchanges a rule meets.

import { expect, test } from 'vitest';
import { createFaults } from '../../harness/world/faults.ts';

const MET = { service: 'crm', route: 'token', account: null, party: 'broker-0' } as const;

test('a rule with a limit meets only what goes beyond it within the window, as rate limits do', () => {
  const faults = createFaults();
  faults.add({
    id: 'limit',
    match: { route: 'token' },
    beyond: { most: 2, withinMs: 1000 },
    do: 'answer',
    answer: { status: 429, headers: {}, body: '' },
  });
  const metAt = (...moments: readonly number[]) => moments.map((atMs) => faults.meet(MET, atMs) !== null);
  expect(metAt(0, 10, 20, 999)).toEqual([false, false, true, true]);
  expect(metAt(1000, 1001, 1002)).toEqual([false, false, true]);
  expect(faults.meet({ ...MET, route: 'me' }, 1003)).toBeNull();
  expect(faults.list()[0]?.applied).toBe(3);
});
