// docs/mutation.md: how many changes to the checks are noticed, file by file, and which are not.

import { code, table } from '../../docs/pages/table.ts';
import type { Mutant } from './mutants.ts';

const LONGEST_REPLACEMENT = 80;

/** What came of all mutants. */
export interface Mutation {
  readonly mutants: readonly Mutant[];
  readonly specimens: number;
  readonly runs: number;
  readonly byMatrix: ReadonlySet<string>;
  readonly byTests: ReadonlySet<string>;
}

/** The page. */
export function mutationPage({ mutants, specimens, runs, byMatrix, byTests }: Mutation): string {
  const isAlive = ({ id }: Mutant) => !byMatrix.has(id) && !byTests.has(id);
  const numbers = (some: readonly Mutant[]) => {
    const alive = some.filter(isAlive).length;
    const caught = (set: ReadonlySet<string>) => String(some.filter(({ id }) => set.has(id)).length);
    const percent = (((some.length - alive) / some.length) * 100).toFixed(1);
    return [String(some.length), caught(byMatrix), caught(byTests), String(alive), `${percent} %`];
  };
  const files = [...Map.groupBy(mutants, ({ file }) => file)];
  const alive = mutants.filter(isAlive);
  return `# What notices a wrong check

Written by \`npm run mutate\`. Stryker's instrumenter changes \`scenarios/checks/\` in every way it knows, one change at a time;
texts for people are left alone. A change is caught by the specimens when one of their recorded runs (${runs} of
${specimens} specimens) gets another verdict than it had, else by a test in \`test/checks/\` that fails.

${table(
  ['file', 'changes', 'caught by specimens', 'caught by tests', 'alive', ''],
  [['all', ...numbers(mutants)], ...files.map(([file, own]) => [`\`${file}\``, ...numbers(own)])],
)}

## Not noticed

${table(
  ['place', 'change', 'to'],
  alive.map(({ file, line, mutator, replacement }) => [
    `\`${file}:${line}\``,
    mutator,
    code(replacement.replaceAll(/\s+/g, ' '), LONGEST_REPLACEMENT),
  ]),
)}
`;
}
