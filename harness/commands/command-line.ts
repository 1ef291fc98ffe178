// The command line: every command, flag and help text, and which function carries it out.

import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { RECIPES } from '../grade-recipes.ts';
import { VERSION } from '../version.ts';
import { LISTS, type ListName, type LoadCatalogue } from './catalogue.ts';
import type { GradeFlags } from './grade.ts';
import { GRADES } from './outcome.ts';
import type { RunFlags, RunSurroundings } from './run.ts';
import type { ServeFlags } from './serve.ts';
import type { ToolFlags } from './tool.ts';

/** Flags of `run` that have no default of commander's, since its help would show an empty one. */
const UNSAID = {
  scenario: [],
  report: ['text'],
  require: [],
  time: null,
  jobs: null,
  minGrade: null,
} as const;
/** Flags of `run` as commander gives them. */
type RunOptions = Omit<RunFlags, 'config' | keyof typeof UNSAID> &
  Partial<Pick<RunFlags, keyof typeof UNSAID>>;

/** Flags of `serve` as commander gives them. */
type ServeOptions = Omit<ServeFlags, 'config' | 'host' | 'service' | 'proxy'> &
  Partial<Pick<ServeFlags, 'host' | 'service' | 'proxy'>>;

const RUN_EXAMPLES = `
Examples:
  hour4 run                                    the config in this folder, every scenario
  hour4 run sync.yaml --scenario 'hour-*'      only some scenarios
  hour4 run --report text --report json=out/result.json
  hour4 run --min-grade B --require no-silent-skip    a gate for a pipeline`;

const UNSAID_OF_GRADE = {
  as: null,
  name: null,
  tokenEnv: null,
  baseUrlEnv: null,
  denied: null,
  service: null,
  report: ['rubric'],
} as const;
/** Flags of `grade` as commander gives them. */
type GradeOptions = Omit<GradeFlags, 'command' | keyof typeof UNSAID_OF_GRADE> &
  Partial<Pick<GradeFlags, keyof typeof UNSAID_OF_GRADE>>;
/** Flags of `tool` as commander gives them. */
type ToolOptions = Omit<ToolFlags, 'level'> & { readonly level: string };

const GRADE_EXAMPLES = `
Examples:
  hour4 grade --token-env DEPLOY_TOKEN --base-url-env DEPLOY_URL -- ./deploy status
${RECIPES.map(({ example }) => `  ${example}`).join('\n')}
  hour4 grade --report json=score.json --min-score 2 -- node tool.mjs list

Without a recipe or a flag that says it, one good call shows which service the tool calls, by its real host or HOUR4_*.`;

const TOOL_EXAMPLES = `
Examples, with the variables that hour4 env shows:
  hour4 tool --level 1 -- items                   says "expired" in words only
  hour4 tool --level 3 --reauth lies -- items     names a reauth_command that does nothing
  hour4 tool -- auth refresh                      what its reauth_command runs`;

const EXPLAIN_EXAMPLES = `
Examples:
  hour4 explain no-silent-skip                    a check: why, and how to mend a failure
  hour4 explain 'vercel/ai#20674'                 a thread: what was reported, and what brings it about
  hour4 explain INVALID_SESSION_ID                an error: whose it is, its causes, the way out
  hour4 explain invalid_grant --service google    the same words, of one service only`;

const SERVE_EXAMPLES = `
Examples:
  hour4 serve                                              every service, the control API on port 4400
  hour4 serve --service hubspot --service salesforce:rotating
  hour4 serve --proxy 4399                                 also for programs that call the real hosts
  hour4 serve hour4.yaml --port 0                          the services and data of a config, on free ports`;

/**
 * Reads the arguments and carries out the command they name. Each command is loaded when it is named.
 * @param argv without the interpreter and the script
 * @returns the exit code
 * @throws CommanderError after commander has said what is wrong, or has printed a help text
 * @throws UsageError for whatever commander cannot know to be wrong
 */
export async function commandLine(
  argv: readonly string[],
  catalogue: LoadCatalogue,
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
    .option('--scenario <id>', 'only these: ids, globs or threads, may be repeated', collect)
    .option('--seed <n>', 'same seed, same ledgers', wholeNumber(0), 1)
    .option(
      '--jobs <n>',
      'how many runs at the same time; 1 for a subject on a fixed port (default: one for each core)',
      wholeNumber(1),
    )
    .option('--repeat <n>', 'run the same seed n times, and fail if a verdict changes', wholeNumber(1), 1)
    .option(
      '--report <format[=file]>',
      'text, json, html, junit or markdown, to stdout or a file, may be repeated (default: text)',
      collect,
    )
    .option('--out <dir>', 'where ledgers and logs go', '.hour4')
    .addOption(
      new Option('--time <mode>', 'overrules the config').choices(['auto', 'exact', 'compressed', 'real']),
    )
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
      const { run } = await import('./run.ts');
      exitCode = await run(all, await catalogue(), surroundings);
    });

  program
    .command('grade')
    .summary('the score of a command-line tool on the rubric of challenge 53, without a config')
    .description(
      'Runs a tool with a good, an expired, a denied and a dead credential, in a home of its own, and scores what it says.',
    )
    .argument('<command...>', 'the tool with its arguments, after --')
    .addOption(
      new Option('--as <recipe>', 'how the tool is led to the mocks').choices(RECIPES.map(({ id }) => id)),
    )
    .option('--token-env <name>', 'the variable from which it reads its access token')
    .option('--base-url-env <name>', 'the variable from which it reads the address of the service')
    .option('--denied <arguments>', 'other arguments for the step where the server denies')
    .option('--name <name>', 'what it calls itself in a reauth_command (default: its program)')
    .option('--service <id>', 'the mock service that it calls (default: plain, or that of the recipe)')
    .addOption(
      new Option('--time <mode>', 'auto: virtual time for Node programs')
        .choices(['auto', 'exact', 'compressed', 'real'])
        .default('auto'),
    )
    .option('--min-score <n>', 'fail below this score', wholeNumber(0), 0)
    .option('--seed <n>', 'same seed, same ledgers', wholeNumber(0), 1)
    .option('--report <format[=file]>', 'to stdout or a file, may be repeated (default: rubric)', collect)
    .option('--out <dir>', 'where ledgers and logs go', '.hour4')
    .option('--quiet', 'no progress on stderr', false)
    .addHelpText('after', GRADE_EXAMPLES)
    .action(async (command: string[], flags: GradeOptions) => {
      const { grade } = await import('./grade.ts');
      exitCode = await grade({ ...UNSAID_OF_GRADE, ...flags, command }, await catalogue(), surroundings);
    });

  program
    .command('tool')
    .summary('a mock tool of challenge 53, for testing agents')
    .description(
      'Calls the plain service with HOUR4_PLAIN_* and fails at the chosen level. Commands: whoami, items, item ID, add NAME, remove ID, admin, auth refresh.',
    )
    .argument('<arguments...>', "the tool's own arguments, after --")
    .addOption(
      new Option('--level <n>', 'the level of challenge 53').choices(['0', '1', '2', '3']).default('3'),
    )
    .addOption(
      new Option('--reauth <how>', 'what comes of its reauth_command')
        .choices(['works', 'lies', 'fails', 'env-only', 'none'])
        .default('works'),
    )
    .addOption(
      new Option('--expired-at <how>', 'what it says of the end')
        .choices(['true', 'wrong', 'none'])
        .default('true'),
    )
    .addOption(
      new Option('--denial <how>', 'what it calls a denial')
        .choices(['honest', 'called-expired'])
        .default('honest'),
    )
    .addOption(new Option('--output <format>', 'of errors').choices(['json', 'text']).default('json'))
    .option('--expiry-code <code>', 'its code for an expiry')
    .option('--denial-code <code>', 'its code for a denial')
    .option('--name <name>', 'what it calls itself in its reauth_command', 'tool')
    .option('--token-env <name>', 'the variable with its access token', 'TOOL_TOKEN')
    .addHelpText('after', TOOL_EXAMPLES)
    .action(async (args: string[], { level, ...flags }: ToolOptions) => {
      const { tool } = await import('./tool.ts');
      exitCode = await tool(args, { ...flags, level: Number(level) as 0 | 1 | 2 | 3 }, terminal);
    });

  program
    .command('serve')
    .summary('the mock services by hand, with an API to move time and to break things')
    .description('Serves the mock services on ports of this machine, with a control API, until Ctrl-C.')
    .argument('[config]', 'take services, data and limits from a config file (default: every service)')
    .option('--port <n>', 'of the control API; the services follow; 0 = any free ports', portNumber, 4400)
    .option('--service <id[:variant]>', 'only these, may be repeated', collect)
    .option(
      '--proxy <n>',
      'also a proxy for programs that call the real hosts; 0 = any free port',
      portNumber,
    )
    .option('--seed <n>', 'same seed, same tokens', wholeNumber(0), 1)
    .option('--host <address>', 'where to listen; one beyond this machine must be given twice', collect)
    .addHelpText('after', SERVE_EXAMPLES)
    .action(async (config: string | undefined, flags: ServeOptions) => {
      const { serve } = await import('./serve.ts');
      const services = async () => (await catalogue()).services;
      const all: ServeFlags = { host: [], service: [], proxy: null, ...flags, config: config ?? null };
      exitCode = await serve(all, { cwd, terminal, signal: surroundings.signal, services });
    });

  program
    .command('list')
    .summary('what there is: services, scenarios, checks, reports')
    .addArgument(new Argument('<what>').choices(LISTS))
    .option('--json', 'as an array of { id, title, ... }', false)
    .addHelpText('after', '\nExample:\n  hour4 list checks --json')
    .action(async (what: ListName, { json }: { json: boolean }) => {
      const { list } = await import('./list.ts');
      list(what, json, await catalogue(), terminal);
    });

  program
    .command('explain')
    .summary('a check, a scenario, a thread in public, or an error of any service: why, and how to mend it')
    .argument('<id>', 'a check, a scenario, a thread (owner/repository#number), or words of an error')
    .option('--service <id>', 'errors of this service only')
    .addHelpText('after', EXPLAIN_EXAMPLES)
    .action(async (id: string, { service }: { service?: string }) => {
      const { explain } = await import('./explain.ts');
      explain(id, service ?? null, await catalogue(), terminal);
    });

  program
    .command('env')
    .summary('what a subject finds in its environment')
    .argument('[config]', 'a config file, or a folder with one (default: the working directory)')
    .addHelpText('after', '\nExample:\n  hour4 env examples/overnight/careful.yaml')
    .action(async (config: string | undefined) => {
      const { env } = await import('./env.ts');
      await env(config ?? null, await catalogue(), terminal, cwd);
    });
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

const PORT_MOST = 65_535;

function portNumber(text: string): number {
  const port = Number(text);
  if (/^[0-9]+$/.test(text) && port <= PORT_MOST) return port;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${PORT_MOST}.`);
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
