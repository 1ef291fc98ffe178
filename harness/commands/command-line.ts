// The command line: every command, flag and help text, and which function carries it out.

import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../version.ts';
import type { Catalogue } from './catalogue.ts';
import { env } from './env.ts';
import { explain } from './explain.ts';
import { LISTS, type ListName, list } from './list.ts';
import { GRADES } from './outcome.ts';
import { type RunFlags, type RunSurroundings, run } from './run.ts';

/** Flags of `run` that have no default of commander's, since its help would show an empty one. */
const UNSAID = { scenario: [], report: ['text'], require: [], time: null, minGrade: null } as const;
/** Flags of `run` as commander gives them. */
type RunOptions = Omit<RunFlags, 'config' | keyof typeof UNSAID> &
  Partial<Pick<RunFlags, keyof typeof UNSAID>>;

const RUN_EXAMPLES = `
Examples:
  hour4 run                                    the config in this folder, every scenario
  hour4 run sync.yaml --scenario 'hour-*'      only some scenarios
  hour4 run --report text --report json=out/result.json
  hour4 run --min-grade B --require no-silent-skip    a gate for a pipeline`;

const EXPLAIN_EXAMPLES = `
Examples:
  hour4 explain no-silent-skip                    a check: why, and how to mend a failure
  hour4 explain INVALID_SESSION_ID                an error: whose it is, its causes, the way out
  hour4 explain invalid_grant --service google    the same words, of one service only`;

/**
 * Reads the arguments and carries out the command they name.
 * @param argv without the interpreter and the script
 * @returns the exit code
 * @throws CommanderError after commander has said what is wrong, or has printed a help text
 * @throws UsageError for whatever commander cannot know to be wrong
 */
export async function commandLine(
  argv: readonly string[],
  catalogue: Catalogue,
  surroundings: RunSurroundings,
): Promise<number> {
  const { cwd, terminal } = surroundings;
  let exitCode = 0;
  const program = new Command('hour4')
    .description('What does your agent do when its tokens expire at hour 4?')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: terminal.stdout.write,
      writeErr: terminal.stderr.write,
      outputError: (text, write) => write(oneLine(text)),
    });
  program.addHelpText(
    'after',
    '\nExit codes: 0 passed, 1 failed or nothing concluded, 2 bad usage, 3 hour4 itself failed',
  );

  program
    .command('run')
    .summary('run a subject through scenarios')
    .description(
      'Runs a subject through scenarios in virtual time, and grades what it did when its tokens died.',
    )
    .argument('[config]', 'a config file, or a folder with one (default: the working directory)')
    .option('--scenario <id>', 'only these: ids or globs, may be repeated', collect)
    .option('--seed <n>', 'same seed, same ledgers', wholeNumber(0), 1)
    .option('--repeat <n>', 'run the same seed n times, and fail if a verdict changes', wholeNumber(1), 1)
    .option(
      '--report <format[=file]>',
      'text or json, to stdout or a file, may be repeated (default: text)',
      collect,
    )
    .option('--out <dir>', 'where ledgers and logs go', '.hour4')
    .addOption(new Option('--time <mode>', 'overrules the config').choices(['auto', 'exact', 'real']))
    .addOption(
      new Option(
        '--fail-on <verdict>',
        'inconclusive: fail as well when a check could conclude nothing anywhere',
      )
        .choices(['fail', 'inconclusive'])
        .default('fail'),
    )
    .option('--require <check>', 'fail unless this check has passed, may be repeated', collect)
    .addOption(new Option('--min-grade <letter>', 'fail below this letter').choices(GRADES as string[]))
    .option('--quiet', 'no progress on stderr', false)
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (config: string | undefined, flags: RunOptions) => {
      const all: RunFlags = { ...UNSAID, ...flags, config: config ?? null };
      exitCode = await run(all, catalogue, surroundings);
    });

  program
    .command('list')
    .summary('what there is: services, scenarios, checks, reports')
    .addArgument(new Argument('<what>').choices(LISTS))
    .option('--json', 'as an array of { id, title, ... }', false)
    .addHelpText('after', '\nExample:\n  hour4 list checks --json')
    .action((what: ListName, { json }: { json: boolean }) => list(what, json, catalogue, terminal));

  program
    .command('explain')
    .summary('a check, a scenario, or an error of any service: why, how to meet it, how to mend it')
    .argument('<id>', 'a check, a scenario, or words of an error')
    .option('--service <id>', 'errors of this service only')
    .addHelpText('after', EXPLAIN_EXAMPLES)
    .action((id: string, { service }: { service?: string }) =>
      explain(id, service ?? null, catalogue, terminal),
    );

  program
    .command('env')
    .summary('what a subject finds in its environment')
    .argument('[config]', 'a config file, or a folder with one (default: the working directory)')
    .addHelpText('after', '\nExample:\n  hour4 env examples/overnight/careful.yaml')
    .action((config: string | undefined) => env(config ?? null, catalogue, terminal, cwd));
  await program.parseAsync(argv, { from: 'user' });
  return exitCode;
}

const collect = (value: string, before: readonly string[] = []) => [...before, value];

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^[0-9]+$/.test(text) && number >= least && Number.isSafeInteger(number)) return number;
    throw new InvalidArgumentError(`It must be a whole number of ${least} or more.`);
  };
}

// Commander's own words, in one line, and always with what to do about it.
function oneLine(text: string): string {
  const line = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
  const helps = /Did you mean|Allowed choices|It must be/.test(line);
  return `hour4: ${line}${helps ? '' : ': hour4 --help tells what there is'}\n`;
}
