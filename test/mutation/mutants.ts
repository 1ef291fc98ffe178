// The mutants of the checks: all in one copy of the sources, each asleep until its number is called.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type File, Instrumenter } from '@stryker-mutator/instrumenter';

const CHECKS_FOLDER = join(import.meta.dirname, '..', '..', 'scenarios', 'checks');
/** As deep below the root as the originals, so that their imports of other folders still hold. */
export const MUTANTS_FOLDER = join(import.meta.dirname, '..', '..', '.hour4', 'checks');

/** One change to one file. */
export interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The kind of change. */
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

type Location = Awaited<ReturnType<Instrumenter['instrument']>>['mutants'][number]['location'];
type Ignorer = Parameters<Instrumenter['instrument']>[1]['ignorers'][number];

/** Writes the copy, and gives back its mutants: those of some files, or of all. */
export async function makeMutants(only: readonly string[] | null = null): Promise<readonly Mutant[]> {
  const names = readdirSync(CHECKS_FOLDER).filter((name) => name.endsWith('.ts'));
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new Error(
      `scenarios/checks/ has no ${unknown.join(', ')}: name its files as they are called there`,
    );
  const files = names.map(
    (name): File => ({
      name,
      content: readFileSync(join(CHECKS_FOLDER, name), 'utf8'),
      mutate: only === null ? name !== 'index.ts' : only.includes(name),
    }),
  );
  const made = await new Instrumenter(SILENT).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [prose],
  });
  rmSync(MUTANTS_FOLDER, { recursive: true, force: true });
  mkdirSync(MUTANTS_FOLDER, { recursive: true });
  for (const { name, content } of made.files) writeFileSync(join(MUTANTS_FOLDER, name), content);
  const sources = new Map(files.map(({ name, content }) => [name, content]));
  return made.mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, location, mutatorName, replacement }) => ({
      id,
      file: fileName,
      line: location.start.line + 1,
      column: location.start.column + 1,
      mutator: mutatorName,
      original: textAt(sources.get(fileName) ?? '', location),
      replacement,
    }));
}

/** What is written between two places, which are counted from zero. */
function textAt(source: string, { start, end }: Location): string {
  const lines = source.split('\n').slice(start.line, end.line + 1);
  const all = lines.join('\n');
  return all.slice(start.column, all.length - ((lines.at(-1) ?? '').length - end.column));
}

/** What people read, and the two words that the compiler holds to a list: no verdict hangs on them. */
const SPOKEN = new Set(['title', 'why', 'judged', 'fix', 'message', 'category', 'loses']);

/** As much of a syntax tree's node as is looked at. */
interface Node {
  readonly type: string;
  readonly key?: Node;
  readonly id?: Node;
  readonly name?: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
}

/** Other words are the same verdict: what is said to people is not mutated. */
const prose: Ignorer = {
  shouldIgnore(path) {
    const { node } = path as { readonly node: Node };
    const named =
      node.type === 'ObjectProperty' ? node.key : node.type === 'VariableDeclarator' ? node.id : null;
    return SPOKEN.has(named?.name ?? '') || isSentence(textOf(node)) ? 'words for people' : undefined;
  },
};

function textOf({ type, value, quasis = [] }: Node): string {
  if (type === 'StringLiteral') return String(value);
  return type === 'TemplateLiteral' ? quasis.map((quasi) => quasi.value.raw).join('x') : '';
}

const isSentence = (text: string) => /[a-z,]’?s? [a-zé]|\.$/.test(text);

const nothing = () => {};
const no = () => false;
const SILENT = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
