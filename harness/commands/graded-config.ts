// From the words after `hour4 grade` to the config of a tool: by a recipe, or by flags.

import { statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS, type TimeChoice } from '../config/config.ts';
import { nearest } from '../config/nearest.ts';
import { isProgramThere } from '../config/program.ts';
import { UsageError } from '../errors.ts';
import { RECIPES, type Recipe } from '../grade-recipes.ts';
import { baseEnvironment, foldersIn } from '../subjects/environment.ts';
import { splitWords } from '../subjects/tool/words.ts';

/** What is to be graded, as it is typed. */
export interface Graded {
  /** The program with its arguments. */
  readonly command: readonly string[];
  /** The id of a recipe; null for none. */
  readonly as: string | null;
  readonly name: string | null;
  readonly tokenEnv: string | null;
  readonly baseUrlEnv: string | null;
  /** The arguments that ask for what is denied, as one text; null for the same command. */
  readonly denied: string | null;
  readonly service: string | null;
  readonly time: TimeChoice;
}

/** Without a recipe a tool gets a credential for this, with the fifteen minutes of challenge 53. */
const OWN: Pick<Recipe, 'service' | 'knobs'> = { service: 'plain', knobs: { accessTtl: '15m' } };

/** How long one call may take, in real ms: nobody waits for a tool that hangs in every story. */
const CALL_MS = 30_000;

/** Programs whose first file is the program that is meant. */
const INTERPRETERS = /^(node|deno|bun|python[0-9.]*|ruby|perl|php|sh|bash|zsh)$/;

/**
 * The config of a tool that has none.
 * @throws UsageError for a program or recipe that is not there, or arguments that are none
 */
export function gradedConfig(graded: Graded, cwd: string): Config {
  const recipe = recipeOf(graded.as);
  const { service: usual, knobs } = recipe ?? OWN;
  const service = graded.service ?? usual;
  const [program = '', ...rest] = graded.command;
  mustBeThere(program, cwd);
  const taken = scriptWords(program, rest, cwd);
  const script = rest[taken - 1];
  const name = graded.name ?? basename(script ?? program, extname(script ?? program));
  const call = rest.slice(taken);
  const tokenEnv = graded.tokenEnv ?? recipe?.tokenEnv ?? null;
  const baseUrl = graded.baseUrlEnv === null ? {} : { [graded.baseUrlEnv]: `{{ ${service}.api }}` };
  return {
    file: 'hour4 grade',
    subject: {
      name,
      kind: 'tool',
      run: [program, ...rest.slice(0, taken), ...(recipe?.args ?? [])],
      module: null,
      cwd,
      env: { ...recipe?.env, ...baseUrl },
      time: graded.time,
      ...(recipe?.intercept === undefined ? {} : { intercept: recipe.intercept }),
      tool: {
        name,
        service,
        tokenEnv,
        files: recipe?.files ?? {},
        steps: {
          call,
          more: [],
          denied: deniedWords(graded.denied) ?? recipe?.denied ?? call,
          notFound: null,
          rollback: null,
        },
      },
    },
    services: { [service]: service === usual ? knobs : {} },
    startMs: DEFAULT_START_MS,
    scenarios: ['*'],
    ownScenarios: [],
    data: {},
    job: null,
    limits: { ...DEFAULT_LIMITS, realTimeMs: CALL_MS },
  };
}

function recipeOf(id: string | null): Recipe | null {
  if (id === null) return null;
  const recipe = RECIPES.find((candidate) => candidate.id === id);
  if (recipe !== undefined) return recipe;
  const ids = RECIPES.map((known) => known.id);
  throw new UsageError(`--as: no recipe "${id}": ${nearest(id, ids)}; without one: --token-env NAME`);
}

function mustBeThere(program: string, cwd: string): void {
  const { PATH = '' } = baseEnvironment(process.env, foldersIn(cwd));
  if (isProgramThere(program, cwd, PATH)) return;
  throw new UsageError(`grade: no program "${program}": install it, or give its path`);
}

/** How many words after the program belong to it: an interpreter's script. */
function scriptWords(program: string, rest: readonly string[], cwd: string): number {
  if (!INTERPRETERS.test(basename(program))) return 0;
  const isFile = (word: string) => statSync(resolve(cwd, word), { throwIfNoEntry: false })?.isFile() ?? false;
  return rest.findIndex(isFile) + 1;
}

function deniedWords(denied: string | null): readonly string[] | null {
  if (denied === null) return null;
  const split = splitWords(denied);
  if ('words' in split) return split.words;
  throw new UsageError(`--denied: ${split.problem}`);
}
