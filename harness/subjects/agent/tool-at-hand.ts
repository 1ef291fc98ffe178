// The tool that an agent drives, where that is its job: a command on its search path.

import { delimiter, join } from 'node:path';
import { installMockTool } from '../../mock-tool/tool-job.ts';
import type { SubjectRun } from '../subject.ts';

type Wanted = Pick<SubjectRun, 'drivenTool' | 'folders'>;

/** Makes the tool, if the job is to drive one. */
export async function makeToolAtHand({ drivenTool, folders }: Wanted): Promise<void> {
  if (drivenTool !== null) await installMockTool(join(folders.root, 'bin'), drivenTool);
}

/** The variables by which it is found: none where there is none. */
export function pathToTool(
  { drivenTool, folders }: Wanted,
  { PATH = '' }: Readonly<Record<string, string>>,
): Record<string, string> {
  return drivenTool === null ? {} : { PATH: [join(folders.root, 'bin'), PATH].join(delimiter) };
}
