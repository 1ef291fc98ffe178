// Finds a config file, reads it, and turns it into what the harness uses, or into one clear line.

import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import type { JsonObject, Service } from '../../mocks/index.ts';
import { parseDuration } from '../duration.ts';
import { UsageError } from '../errors.ts';
import type { Config, Limits } from './config.ts';
import { problemOf } from './problem.ts';
import { type ConfigInput, configSchema } from './schema.ts';
import { configureService } from './services.ts';
import { templateProblem } from './template.ts';

/** The names under which a config is looked for, in this order. */
const NAMES = [
  'hour4.config.ts',
  'hour4.config.js',
  'hour4.config.mjs',
  'hour4.config.json',
  'hour4.yaml',
  'hour4.yml',
];
const DEFAULT_SERVICES = { hubspot: {}, salesforce: {}, google: {} };
const DEFAULT_LIMITS: Limits = { realTimeMs: 120_000, stdoutBytes: 10 * 2 ** 20, bodyBytes: 10 * 2 ** 20 };

/**
 * Loads a config.
 * @param path a file, or null to look for one in `cwd`
 * @param services what is known, for bases and variants
 * @throws UsageError with one line that names the file, the key and the fix
 */
export async function loadConfig(
  path: string | null,
  cwd: string,
  services: readonly Service[],
): Promise<Config> {
  const file = findConfig(path, cwd);
  const parsed = configSchema.safeParse(await readConfig(file), { reportInput: true });
  if (!parsed.success) throw new UsageError(`${file}: ${problemOf(parsed.error)}`);
  return resolveConfig(parsed.data, file, services);
}

function findConfig(path: string | null, cwd: string): string {
  if (path !== null) {
    const file = resolve(cwd, path);
    if (!existsSync(file))
      throw new UsageError(`${path}: no such file: give the path of a config, or run in its folder`);
    if (statSync(file).isDirectory()) return findConfig(null, file);
    return file;
  }
  const found = NAMES.map((name) => join(cwd, name)).find((file) => existsSync(file));
  if (found === undefined) {
    throw new UsageError(`no config in ${cwd}: write hour4.yaml or hour4.config.ts there, or give a path`);
  }
  return found;
}

async function readConfig(file: string): Promise<unknown> {
  const extension = extname(file);
  if (['.ts', '.js', '.mjs', '.mts'].includes(extension)) return readModule(file);
  const text = readFileSync(file, 'utf8');
  if (extension === '.json') return readJson(file, text);
  if (extension === '.yaml' || extension === '.yml') return readYaml(file, text);
  throw new UsageError(`${file}: a config is .yaml, .yml, .json, .ts, .js or .mjs`);
}

async function readModule(file: string): Promise<unknown> {
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new UsageError(`${file}: cannot be loaded: ${firstLine(error)}`);
  }
  if (module.default === undefined)
    throw new UsageError(`${file}: has no default export: export default defineConfig({ ... })`);
  return module.default;
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: is not JSON: ${firstLine(error)}`);
  }
}

function readYaml(file: string, text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  const line = error.linePos?.[0].line ?? 1;
  throw new UsageError(`${file}:${line}: is not YAML: ${firstLine(error).replace(/ at line .*$/, '')}`);
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

function resolveConfig(input: ConfigInput, file: string, known: readonly Service[]): Config {
  const folder = dirname(file);
  const inFile = <T>(make: () => T): T => {
    try {
      return make();
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`${file}: ${error.message}`) : error;
    }
  };
  return inFile(() => {
    const services = servicesOf(input, known);
    return {
      file,
      subject: subjectOf(input, folder, Object.keys(services)),
      services,
      scenarios: input.scenarios ?? ['*'],
      data: dataOf(input, folder, Object.keys(services)),
      job: (input.job as JsonObject | undefined) ?? null,
      limits: limitsOf(input.limits),
    };
  });
}

function servicesOf(input: ConfigInput, known: readonly Service[]): Config['services'] {
  const named = Object.entries(input.services ?? DEFAULT_SERVICES).map(
    ([id, knobs]) => [id, knobs ?? {}] as const,
  );
  for (const [id, knobs] of named) configureService(id, knobs, known);
  return Object.fromEntries(named);
}

function subjectOf({ subject }: ConfigInput, folder: string, services: readonly string[]): Config['subject'] {
  const { run, module, kind, env = {}, time = 'auto' } = subject;
  if ((run === undefined) === (module === undefined)) {
    throw new UsageError('subject: give either run (a program) or module (an ES module)');
  }
  const cwd = resolve(folder, subject.cwd ?? '.');
  if (!existsSync(cwd)) throw new UsageError(`subject.cwd: no such folder: ${cwd}`);
  if (run !== undefined) mustBeProgram(run[0] ?? '', cwd);
  const moduleFile = module === undefined ? null : resolve(folder, module);
  if (moduleFile !== null && !existsSync(moduleFile))
    throw new UsageError(`subject.module: no such file: ${moduleFile}`);
  for (const [name, text] of Object.entries(env)) {
    const problem = templateProblem(text, services);
    if (problem !== null) throw new UsageError(`subject.env.${name}: ${problem}`);
  }
  const name = subject.name ?? basename(module ?? run?.find((part) => /\.\w+$/.test(part)) ?? run?.[0] ?? '');
  return { name, kind, run: run ?? null, module: moduleFile, cwd, env, time };
}

function mustBeProgram(program: string, cwd: string): void {
  const candidates =
    isAbsolute(program) || /[/\\]/.test(program)
      ? [resolve(cwd, program)]
      : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  const extensions = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  const found = candidates.some((path) => extensions.some((extension) => isExecutable(path + extension)));
  if (!found)
    throw new UsageError(`subject.run: no program "${program}": install it, or give its path from ${cwd}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function dataOf({ data = {} }: ConfigInput, folder: string, services: readonly string[]): Config['data'] {
  return Object.fromEntries(
    Object.entries(data).map(([service, collections]) => {
      if (!services.includes(service))
        throw new UsageError(`data.${service}: the config names no service "${service}"`);
      const loaded = Object.entries(collections).map(([name, given]) => {
        const key = `data.${service}.${name}`;
        return [name, typeof given === 'string' ? readObjects(resolve(folder, given), key) : given] as const;
      });
      return [service, Object.fromEntries(loaded) as Record<string, JsonObject[]>];
    }),
  );
}

function readObjects(file: string, key: string): JsonObject[] {
  if (!existsSync(file)) throw new UsageError(`${key}: no such file: ${file}`);
  const value = readJson(file, readFileSync(file, 'utf8'));
  const isObjects = Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
  if (!isObjects) throw new UsageError(`${key}: ${file} must hold an array of objects`);
  return value;
}

function limitsOf(limits: ConfigInput['limits'] = {}): Limits {
  return {
    realTimeMs:
      limits.realTime === undefined ? DEFAULT_LIMITS.realTimeMs : (parseDuration(limits.realTime) ?? 0),
    stdoutBytes: sizeOf(limits.stdout) ?? DEFAULT_LIMITS.stdoutBytes,
    bodyBytes: sizeOf(limits.body) ?? DEFAULT_LIMITS.bodyBytes,
  };
}

function sizeOf(text: string | undefined): number | null {
  const match = /^([0-9]+)(B|KiB|MiB)$/.exec(text ?? '');
  if (match === null) return null;
  const factor = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20 }[match[2] as 'B' | 'KiB' | 'MiB'];
  return Number(match[1]) * factor;
}
