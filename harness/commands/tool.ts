// `hour4 tool`: the mock tool of challenge 53 on the command line.

import { type Behaviour, HONEST } from '../mock-tool/behaviour.ts';
import { mockTool } from '../mock-tool/mock-tool.ts';
import type { Terminal } from './terminal.ts';

/** What a mock tool's flags change about an honest one of level 3. */
export type ToolFlags = Partial<Behaviour>;

/**
 * Runs the mock tool once.
 * @param args its own arguments
 * @returns the exit code of the mock tool, not one of hour4's
 */
export async function tool(args: readonly string[], flags: ToolFlags, terminal: Terminal): Promise<number> {
  const behaviour = { ...HONEST, ...flags };
  const said = await mockTool({ args, env: process.env, behaviour, nowMs: Date.now });
  if (said.stdout !== '') terminal.stdout.write(said.stdout);
  if (said.stderr !== '') terminal.stderr.write(said.stderr);
  return said.exitCode;
}
