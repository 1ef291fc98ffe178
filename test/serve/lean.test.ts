// What `hour4 serve` loads before its first answer: no service, route or knob that nobody asked for, and none of the large
// libraries.

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** Every file that a file loads at once, itself included, and what it loads of other packages. */
function closureOf(entry: string) {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    if (!/\.[tj]s$/.test(file)) return;
    const text = readFileSync(file, 'utf8');
    for (const [, clause = '', specifier = ''] of text.matchAll(
      /^(?:im|ex)port ([^;'"]*?)from '([^']+)'/gm,
    )) {
      if (clause.startsWith('type ')) continue;
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(join(ROOT, entry));
  return { files: [...files].map((file) => relative(ROOT, file)), packages: [...packages] };
}

test.each(['harness/cli.ts', 'harness/commands/serve.ts'])(
  '%s loads no service and no large library',
  (entry) => {
    const { files, packages } = closureOf(entry);
    expect(files.filter((file) => file.startsWith('mocks/services/'))).toEqual([]);
    const onDemand = ['harness/serve/routes.ts', 'harness/serve/dashboard/', 'harness/config/services.ts'];
    expect(files.filter((file) => onDemand.some((late) => file.startsWith(late)))).toEqual([]);
    const small = (name: string) => /^(node:|commander$|@noble\/hashes\/)/.test(name);
    expect(packages.filter((name) => !small(name))).toEqual([]);
    // Its face to modules brings undici along (harness/node-http.ts).
    expect(packages).not.toContain('node:http');
  },
);

test('the rule itself sees what is loaded', () => {
  const { files, packages } = closureOf('harness/config/schema.ts');
  expect(packages).toContain('zod');
  expect(files).toContain('harness/duration.ts');
  expect(closureOf('mocks/index.ts').files).toContain('mocks/services/plain/index.ts');
});
