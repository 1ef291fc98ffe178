// From arguments to an exit code, whatever happens: a mistake gets one line, a fault of hour4's own its stack.

import { CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import type { LoadCatalogue } from './catalogue.ts';
import { commandLine } from './command-line.ts';
import type { RunSurroundings } from './run.ts';

const PASSED = 0;
const MISUSED = 2;
const BROKEN = 3;

/**
 * Carries out a command line.
 * @param argv without the interpreter and the script
 * @returns the exit code; never throws
 */
export async function main(
  argv: readonly string[],
  catalogue: LoadCatalogue,
  surroundings: RunSurroundings,
): Promise<number> {
  const { stderr } = surroundings.terminal;
  try {
    return await commandLine(argv, catalogue, surroundings);
  } catch (error) {
    // Commander has said already what is wrong, or has printed the help text that was asked for.
    if (error instanceof CommanderError) return asked(error, argv) ? PASSED : MISUSED;
    if (error instanceof UsageError) {
      stderr.write(`hour4: ${error.message}\n`);
      return MISUSED;
    }
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stderr.write(`hour4: hour4 itself failed: ${reason}\n`);
    return BROKEN;
  }
}

// `hour4 help run` ends with the same code in commander as a missing command.
const asked = ({ exitCode }: CommanderError, [command]: readonly string[]) =>
  exitCode === 0 || command === 'help';
