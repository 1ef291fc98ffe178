// Turns a config file into what the harness uses, or into one clear line.

import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { JsonObject, Service } from '../../mocks/index.ts';
import { parseDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import type { InterceptMode } from '../intercept/intercept.ts';
import { upstreamIn } from '../intercept/upstream.ts';
import { baseEnvironment, foldersIn } from '../subjects/environment.ts';
import { castIn } from './cast.ts';
import { type Config, DEFAULT_LIMITS, DEFAULT_START_MS, type Limits } from './config.ts';
import { dataOf } from './data.ts';
import { findConfig, isFile } from './find.ts';
import { isInstalled } from './installed.ts';
import { pageUseOf } from './page.ts';
import { problemOf } from './problem.ts';
import { isProgramThere } from './program.ts';
import { scenarioOf } from './scenarios.ts';
import { type ConfigInput, configSchema } from './schema.ts';
import { configureService } from './services.ts';
import { parseSize } from './size.ts';
import { readSource } from './source.ts';
import { templateProblem } from './template.ts';
import { toolUseOf } from './tool.ts';
import { worldOf } from './worlds.ts';

const DEFAULT_SERVICES = { hubspot: {}, salesforce: {}, google: {} };

/**
 * Loads a config.
 * @param path a file, or a folder that holds one; null to look in `cwd`
 * @param services what is known, for bases and variants
 * @throws UsageError with one line that names the file, the key and the fix
 */
export async function loadConfig(
  path: string | null,
  cwd: string,
  services: readonly Service[],
): Promise<Config> {
  const file = findConfig(path, cwd);
  const parsed = configSchema.safeParse(await readSource(file), { reportInput: true });
  if (!parsed.success) throw new UsageError(`${file}: ${problemOf(parsed.error)}`);
  try {
    return resolveConfig(parsed.data, file, services);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}

function resolveConfig(input: ConfigInput, file: string, known: readonly Service[]): Config {
  const folder = dirname(file);
  const services = servicesOf(input, known);
  return {
    file,
    subject: subjectOf(input.subject, folder, Object.keys(services)),
    services,
    startMs: input.start === undefined ? DEFAULT_START_MS : Date.parse(input.start),
    ...scenariosOf(input, services, known),
    data: dataOf(input.data, folder, Object.keys(services)),
    job: (input.job as JsonObject | undefined) ?? null,
    limits: limitsOf(input.limits),
  };
}

// Whoever brings only stories of his own wants to see those.
function scenariosOf(
  { scenarios = ['*'], subject }: ConfigInput,
  services: Config['services'],
  known: readonly Service[],
) {
  const own = scenarios.filter((each) => typeof each !== 'string');
  const twice = own.find(({ id }, index) => own.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new UsageError(`scenarios: "${twice.id}" is there twice: rename one`);
  return {
    scenarios: scenarios.filter((each) => typeof each === 'string'),
    ownScenarios: own.map((each) => {
      const world = worldOf(each, subject.kind, services);
      return scenarioOf(each, world, castIn(subject, world.broker, services, known));
    }),
  };
}

function servicesOf({ services, unmodelled }: ConfigInput, known: readonly Service[]): Config['services'] {
  const shared = unmodelled === undefined ? {} : { unmodelled };
  const named = Object.entries(services ?? DEFAULT_SERVICES).map(
    ([id, knobs]) => [id, { ...shared, ...knobs }] as const,
  );
  if (named.length === 0) {
    throw new UsageError('services: names none: name one, or leave the key out for those of the night');
  }
  for (const [id, knobs] of named) configureService(id, knobs, known);
  return Object.fromEntries(named);
}

function subjectOf(
  subject: ConfigInput['subject'],
  folder: string,
  services: readonly string[],
): Config['subject'] {
  const { run, module, kind, env = {}, time = 'auto', timeFactor, events, intercept } = subject;
  const { replicas, webhooks } = subject;
  for (const key of ['replicas', 'webhooks'] as const) {
    if (subject[key] !== undefined && (kind !== 'broker' || run === undefined))
      throw new UsageError(
        `subject.${key}: is for a broker over HTTP: give kind: broker and run, or leave ${key} out`,
      );
  }
  if (subject.page === undefined && (run === undefined) === (module === undefined)) {
    throw new UsageError('subject: give either run (a program) or module (an ES module)');
  }
  const cwd = resolve(folder, subject.cwd ?? '.');
  if (!existsSync(cwd)) throw new UsageError(`subject.cwd: no such folder: ${cwd}: make it, or name another`);
  if (run !== undefined) mustBeProgram(run[0] ?? '', cwd, env.PATH);
  const moduleFile = module === undefined ? null : resolve(folder, module);
  if (moduleFile !== null && !isFile(moduleFile)) {
    throw new UsageError(`subject.module: no such file: ${moduleFile}: name an ES module`);
  }
  mustExpand(env, services);
  mustIntercept(intercept, env);
  const name =
    subject.name ??
    basename(subject.page ?? module ?? run?.find((part) => /\.\w+$/.test(part)) ?? run?.[0] ?? '');
  const page = pageUseOf(subject);
  const tool = toolUseOf(subject, name, services);
  return {
    name,
    kind,
    run: run ?? null,
    module: moduleFile,
    cwd,
    env,
    time,
    ...(timeFactor === undefined ? {} : { timeFactor }),
    ...(intercept === undefined ? {} : { intercept }),
    ...page,
    ...(replicas === undefined ? {} : { replicas }),
    ...(webhooks === undefined ? {} : { webhooks }),
    ...(events === undefined ? {} : { events }),
    ...(tool === null ? {} : { tool }),
  };
}

// A subject gets another PATH than hour4 has: what only hour4 can see is not there for it.
function mustBeProgram(program: string, cwd: string, ownPath: string | undefined): void {
  const searchPath = ownPath ?? baseEnvironment(process.env, foldersIn(cwd)).PATH ?? '';
  if (isProgramThere(program, cwd, searchPath)) return;
  throw new UsageError(`subject.run: no program "${program}": install it, or give its path from ${cwd}`);
}

function mustExpand(env: Readonly<Record<string, string>>, services: readonly string[]): void {
  for (const [name, text] of Object.entries(env)) {
    const problem = templateProblem(text, services);
    if (problem !== null) throw new UsageError(`subject.env.${name}: ${problem}`);
  }
}

function mustIntercept(mode: InterceptMode | undefined, env: Readonly<Record<string, string>>): void {
  if (mode === 'msw' && !isInstalled('msw')) {
    throw new UsageError('subject.intercept: msw needs the package msw: npm install --save-dev msw');
  }
  if (mode !== 'proxy') return;
  try {
    upstreamIn(env);
  } catch (error) {
    throw new UsageError(`subject.env.${(error as Error).message}: name one, or leave it out`);
  }
}

function limitsOf(limits: NonNullable<ConfigInput['limits']> = {}): Limits {
  const { realTime, stdout, body } = limits;
  return {
    realTimeMs: parseDuration(realTime ?? '') ?? DEFAULT_LIMITS.realTimeMs,
    stdoutBytes: parseSize(stdout ?? '') ?? DEFAULT_LIMITS.stdoutBytes,
    bodyBytes: parseSize(body ?? '') ?? DEFAULT_LIMITS.bodyBytes,
    connections: limits.connections ?? DEFAULT_LIMITS.connections,
    processes: limits.processes ?? DEFAULT_LIMITS.processes,
  };
}
