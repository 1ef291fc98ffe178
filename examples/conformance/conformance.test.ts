// A subject kept honest in CI: a test for each check of each scenario. In a project of your own: from 'hour4/vitest'.

import { join } from 'node:path';
import { conformance } from '../../scenarios/vitest.ts';

conformance({
  config: join(import.meta.dirname, '..', 'own-job', 'careful.yaml'),
  scenarios: ['half-hour-staging', 'overnight-run'],
});
