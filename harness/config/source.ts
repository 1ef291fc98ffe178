// Reads what a config file of any format says, still unchecked.

import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import { UsageError } from '../errors.ts';

const READERS: Readonly<Record<string, (file: string) => unknown>> = {
  '.yaml': readYaml,
  '.yml': readYaml,
  '.json': readJson,
  '.ts': importDefault,
  '.js': importDefault,
  '.mjs': importDefault,
};

/**
 * Reads a config file by the ending of its name.
 * @throws UsageError when it cannot be read, is broken, or throws
 */
export async function readSource(file: string): Promise<unknown> {
  const read = READERS[extname(file)];
  if (read !== undefined) return read(file);
  throw new UsageError(`${file}: is no config: its name ends in ${Object.keys(READERS).join(', ')}`);
}

/**
 * Reads a JSON file.
 * @throws UsageError when it cannot be read or is broken
 */
export function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: is not JSON: ${firstLine(error)}`);
  }
}

function readYaml(file: string): unknown {
  const document = parseDocument(readText(file));
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    throw new UsageError(`${file}:${line}: is not YAML: ${firstLine(error).replace(/ at line .*$/, '')}`);
  }
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${file}: is not YAML: ${firstLine(error)}`);
  }
}

async function importDefault(file: string): Promise<unknown> {
  const module = await imported(file);
  if (module.default !== undefined) return module.default;
  throw new UsageError(`${file}: has no default export: export default defineConfig({ ... })`);
}

async function imported(file: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new UsageError(`${file}: cannot be loaded: ${firstLine(error)}`);
  }
}

// Editors on some systems put a byte order mark first.
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${file}: cannot be read: ${firstLine(error)}`);
  }
}

const firstLine = (thrown: unknown) =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? '';
