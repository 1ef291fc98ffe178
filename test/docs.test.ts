// The generated pages are what the data says now.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES } from '../docs/generate.ts';

test.each(Object.entries(PAGES))('docs/%s is up to date (npm run docs)', (file, page) => {
  expect(readFileSync(join(import.meta.dirname, '..', 'docs', file), 'utf8')).toBe(page());
});
