// Which checks, and which of their tests, a file of the checks has a part in.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../scenarios/checks/index.ts';
import { MUTANTS_FOLDER } from './mutants.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
/** The tests of the checks, from the root. */
const TESTS = 'test/checks';

/** The checks that a file has a part in. */
export function dependentsOf(file: string): readonly string[] {
  return CHECKS.map(({ id }) => id).filter((id) => partsOf(`${id}.ts`).has(file));
}

/** The tests that read a file, be it through others. */
export function testsOf(file: string): readonly string[] {
  return readdirSync(join(ROOT, TESTS))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${TESTS}/${name}`)
    .filter((test) => {
      const text = readFileSync(join(ROOT, test), 'utf8');
      const read = [...text.matchAll(/scenarios\/checks\/([^']+)'/g)].map(([, name = '']) => name);
      return read.some((name) => partsOf(name).has(file));
    });
}

/** A file of the checks, and all that it reads of its neighbours. */
function partsOf(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(MUTANTS_FOLDER, file), 'utf8');
  for (const [, name = ''] of text.matchAll(/from '\.\/([^']+)'/g)) partsOf(name, found);
  return found;
}
