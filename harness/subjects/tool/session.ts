// What the steps of a tool's story share: the credential in its variables, and the calls so far.

import type { SubjectRun } from '../subject.ts';
import type { CallOutcome } from './call.ts';
import type { Held } from './credentials.ts';
import type { ToolStep, ToolUse } from './steps.ts';

/** What the steps before have left. */
export interface Session {
  readonly options: SubjectRun;
  readonly use: ToolUse;
  readonly run: readonly string[];
  /** The credential in the variables. */
  held: Held;
  readonly calls: { readonly step: ToolStep; readonly outcome: CallOutcome }[];
}

/** One start of the program, or why a step cannot be arranged. */
export type Start =
  | {
      readonly argv: readonly string[];
      /** The same as it goes on record: folders differ between machines. */
      readonly told: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
    }
  | { readonly skip: string };
