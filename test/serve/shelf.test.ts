// The services one by one are the services all together.

import { expect, test } from 'vitest';
import { loadService, serviceIds } from '../../harness/serve/shelf.ts';
import { SERVICES } from '../../mocks/index.ts';

test('every service is found by its id, and loads as itself', async () => {
  expect([...serviceIds()].sort()).toEqual(SERVICES.map(({ id }) => id).sort());
  for (const service of SERVICES) expect(await loadService(service.id)).toBe(service);
});
