// A config as the harness uses it: checked, complete, with absolute paths and milliseconds.

import type { JsonObject } from '../../mocks/index.ts';
import type { SubjectKind } from '../check.ts';
import type { InterceptMode } from '../intercept/intercept.ts';
import type { Scenario } from '../scenario.ts';
import type { ToolUse } from '../subjects/tool/steps.ts';
import type { ServiceKnobs } from './knobs.ts';
import type { ConfigInput, EventNames } from './schema.ts';

/** A loaded config. */
export interface Config {
  /** The file it came from; messages name it. */
  readonly file: string;
  readonly subject: {
    readonly name: string;
    readonly kind: SubjectKind;
    /** Exactly one of `run` and `module` is set, but for a page, of which `run` is the server. */
    readonly run: readonly string[] | null;
    readonly module: string | null;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly time: TimeChoice;
    /** How calls to real hosts reach the mocks; absent = they do not. */
    readonly intercept?: InterceptMode;
    /** By what compressed time divides durations. */
    readonly timeFactor?: number;
    /** The URL of an agent that is a page, with `{{ port }}` for a free port. */
    readonly page?: string;
    /** In how many tabs it is open; 1 by default. */
    readonly tabs?: number;
    /** Processes of a broker; 1 by default. */
    readonly replicas?: number;
    /** The path at which a broker over HTTP takes webhooks, with `{service}` in the service's place; absent = it takes none. */
    readonly webhooks?: string;
    /** Its own names for events. */
    readonly events?: EventNames;
    /** How a tool is used. */
    readonly tool?: ToolUse;
  };
  readonly services: Readonly<Record<string, ServiceKnobs>>;
  /** Epoch ms at which exact time starts. */
  readonly startMs: number;
  /** Ids or globs. */
  readonly scenarios: readonly string[];
  /** Scenarios that the config brings along; they are run with those that `scenarios` names. */
  readonly ownScenarios: readonly Scenario[];
  /** Service -> collection -> objects. */
  readonly data: Readonly<Record<string, Readonly<Record<string, readonly JsonObject[]>>>>;
  readonly job: JsonObject | null;
  readonly limits: Limits;
}

/** What a user may ask for; `auto` takes the best that holds. */
export type TimeChoice = 'auto' | 'exact' | 'compressed' | 'real';

/** What a subject may use up before it is ended. */
export interface Limits {
  readonly realTimeMs: number;
  readonly stdoutBytes: number;
  readonly bodyBytes: number;
  /** Open connections to each service. */
  readonly connections: number;
  /** Living processes, the subject's own included. */
  readonly processes: number;
}

/** A Monday evening: the night that follows crosses a date. */
export const DEFAULT_START_MS: number = Date.parse('2026-03-02T22:00:00.000Z');

/** What holds where a config says nothing. */
export const DEFAULT_LIMITS: Limits = {
  realTimeMs: 120_000,
  stdoutBytes: 10 * 2 ** 20,
  bodyBytes: 10 * 2 ** 20,
  connections: 2000,
  processes: 256,
};

/** Checks a config while it is typed. Returns it as it is. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
