// Which reports are wanted, and where each goes: `--report json=out/result.json`.

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import { makeFolder, writeWholeFile } from '../whole-file.ts';
import type { ReportFormat } from './catalogue.ts';

/** One wanted report. */
export interface ReportTarget {
  readonly format: ReportFormat;
  /** Absolute path; null for stdout. */
  readonly file: string | null;
}

/**
 * Reads `FORMAT` and `FORMAT=FILE`.
 * @throws UsageError for an unknown format, a file that cannot be, or two reports for one stdout
 */
export function reportTargets(
  texts: readonly string[],
  formats: readonly ReportFormat[],
  cwd: string,
): readonly ReportTarget[] {
  const targets = texts.map((text) => reportTarget(text, formats, cwd));
  if (targets.filter(({ file }) => file === null).length > 1) {
    throw new UsageError(
      '--report: two reports go to stdout: give all but one a file, as in json=result.json',
    );
  }
  return targets;
}

function reportTarget(text: string, formats: readonly ReportFormat[], cwd: string): ReportTarget {
  const [name = '', ...rest] = text.split('=');
  const format = formats.find(({ id }) => id === name);
  if (format === undefined) {
    const ids = formats.map(({ id }) => id);
    throw new UsageError(`--report: no report "${name}": ${nearest(name, ids)}`);
  }
  if (rest.length === 0) return { format, file: null };
  const path = rest.join('=');
  if (path === '')
    throw new UsageError(`--report: no file after "${name}=": write ${name}=FILE, or ${name} alone`);
  return { format, file: writable(resolve(cwd, path)) };
}

// Before the run: nobody wants to hear after it that its report cannot be written.
function writable(file: string): string {
  try {
    makeFolder(dirname(file));
  } catch (error) {
    throw cannotWrite(file, error);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--report: ${file} is a folder: name a file in it`);
  }
  return file;
}

/** Writes a report. */
export function writeReport(file: string, text: string): void {
  try {
    writeWholeFile(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, error: unknown): UsageError {
  return new UsageError(`--report: cannot write ${file} (${(error as Error).message}): name another file`);
}
