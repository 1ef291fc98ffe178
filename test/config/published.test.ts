// The JSON Schemas at the root are those of this version.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PUBLISHED } from '../../harness/config/published.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test.each(Object.entries(PUBLISHED))('%s is current: `npm run schema` writes it', (name, schema) => {
  expect(JSON.parse(readFileSync(join(ROOT, name), 'utf8'))).toEqual(schema);
});

test('an editor has something to say of every key of a config', () => {
  const { properties } = PUBLISHED['hour4.schema.json'] as { properties: Record<string, object> };
  const silent = Object.entries(properties).filter(([, about]) => !('description' in about));
  expect(silent.map(([key]) => key)).toEqual([]);
});
