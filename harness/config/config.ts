// A config as the harness uses it: checked, complete, with absolute paths and milliseconds.

import type { JsonObject } from '../../mocks/index.ts';
import type { SubjectKind } from '../check.ts';
import type { ConfigInput, ServiceKnobs } from './schema.ts';

/** A loaded config. */
export interface Config {
  /** The file it came from; messages name it. */
  readonly file: string;
  readonly subject: {
    readonly name: string;
    readonly kind: SubjectKind;
    /** Exactly one of `run` and `module` is set. */
    readonly run: readonly string[] | null;
    readonly module: string | null;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly time: TimeChoice;
  };
  readonly services: Readonly<Record<string, ServiceKnobs>>;
  /** Ids or globs. */
  readonly scenarios: readonly string[];
  /** Service -> collection -> objects. */
  readonly data: Readonly<Record<string, Readonly<Record<string, readonly JsonObject[]>>>>;
  readonly job: JsonObject | null;
  readonly limits: Limits;
}

/** What a user may ask for; `auto` takes the best that holds. */
export type TimeChoice = 'auto' | 'exact' | 'real';

/** What a subject may use up before it is ended. */
export interface Limits {
  readonly realTimeMs: number;
  readonly stdoutBytes: number;
  readonly bodyBytes: number;
}

/** Checks a config while it is typed. Returns it as it is. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
