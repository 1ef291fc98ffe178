// The world file: all that a subject is told of its world, in one JSON document.

import type { Account, JsonObject } from '../../mocks/index.ts';

/** The document at HOUR4_WORLD. Instants are RFC 3339 UTC with milliseconds. */
export interface WorldFile {
  readonly schema: 'hour4/world@1';
  readonly scenario: string;
  readonly seed: number;
  readonly start: string;
  readonly until: string;
  readonly store: string;
  readonly eventsUrl: string;
  /** True when the subject is started again after an interruption. */
  readonly resume: boolean;
  /** The accounts that carry a new grant since the first start. */
  readonly reauthorized: readonly string[];
  readonly accounts: readonly Account[];
  /** What to do; the shape belongs to the job. */
  readonly job: JsonObject | null;
}
