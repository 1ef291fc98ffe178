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

/** The mutants that nobody noticed. */
const aliveIn = ({ byMatrix, byTests }: Mutation, some: readonly Mutant[]) =>
  some.filter(({ id }) => !byMatrix.has(id) && !byTests.has(id));

/** How many of a hundred mutants were noticed. */
export function percentCaught(mutation: Mutation, some = mutation.mutants): number {
  return (1 - aliveIn(mutation, some).length / some.length) * 100;
}

/** The page. */
export function mutationPage(mutation: Mutation): string {
  const { mutants, specimens, runs, byMatrix, byTests } = mutation;
  const numbers = (some: readonly Mutant[]) => {
    const caught = (set: ReadonlySet<string>) => String(some.filter(({ id }) => set.has(id)).length);
    const alive = String(aliveIn(mutation, some).length);
    const percent = percentCaught(mutation, some).toFixed(1);
    return [String(some.length), caught(byTests), caught(byMatrix), alive, `${percent} %`];
  };
  return `# What notices a wrong check

Written by \`npm run mutate\`. Stryker's instrumenter changes \`scenarios/checks/\` in every way it knows, one change at a time;
texts for people are left alone. A change is caught by the tests when one in \`test/checks/\` fails, else by the specimens
when one of their recorded runs (${runs} of ${specimens} specimens) gets another verdict than it had.

${table(
  ['file', 'changes', 'caught by tests', 'caught by specimens', 'alive', ''],
  [['all', ...numbers(mutants)], ...byFile(mutants).map(([file, own]) => [`\`${file}\``, ...numbers(own)])],
)}

## Not noticed

${table(
  ['place', 'change', 'to'],
  aliveIn(mutation, mutants).map(({ file, line, mutator, replacement }) => [
    `\`${file}:${line}\``,
    mutator,
    code(replacement.replaceAll(/\s+/g, ' '), LONGEST_REPLACEMENT),
  ]),
)}
`;
}

/** The same in short for who works on a few files, with what each change takes the place of. */
export function aliveText(mutation: Mutation): string {
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
  return byFile(mutation.mutants)
    .flatMap(([file, own]) => {
      const alive = aliveIn(mutation, own);
      const percent = percentCaught(mutation, own).toFixed(1);
      return [
        `${file}: ${alive.length} of ${own.length} alive, ${percent} % caught`,
        ...alive.map(
          ({ line, column, original, replacement }) =>
            `  ${line}:${column}  ${oneLine(original)}  =>  ${oneLine(replacement)}`,
        ),
      ];
    })
    .join('\n');
}

const byFile = (mutants: readonly Mutant[]) => [...Map.groupBy(mutants, ({ file }) => file)];
