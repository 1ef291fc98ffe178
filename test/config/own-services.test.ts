// The config in docs/own-services.md loads, and its table names every knob there is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knobs } from '../../harness/config/knobs.ts';
import { loadConfig } from '../../harness/config/load.ts';
import { SERVICES } from '../../mocks/index.ts';
import { folderWith } from './folder.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'own-services.md'), 'utf8');

test('the example is a config', async () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const module = 'subject: { kind: agent, module: a.mjs }\n';
  const folder = folderWith({ 'hour4.yaml': `${module}${yaml}`, 'a.mjs': 'export default () => {};' });
  const { services } = await loadConfig('hour4.yaml', folder, SERVICES);
  expect(services.crm).toMatchObject({ base: 'plain', unmodelled: 'crud', stickyFor: '24h' });
});

test('the table names every knob and no other', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
  const named = rows.flatMap((line) => [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual(Object.keys(knobs.shape).sort());
});
