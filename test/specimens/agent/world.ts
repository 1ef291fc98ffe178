// The world file, as far as the overnight job reads it.

import { readFileSync } from 'node:fs';
import type { Account } from '../../../mocks/index.ts';

/** The world file, as far as this job reads it. */
export interface World {
  readonly start: string;
  readonly until: string;
  readonly store: string;
  readonly eventsUrl: string;
  readonly resume: boolean;
  readonly reauthorized: readonly string[];
  readonly accounts: readonly Account[];
  readonly job: {
    readonly everyMs: number;
    readonly deals: { readonly account: string; readonly linkProperty: string };
    readonly enrich: {
      readonly account: string;
      readonly object: string;
      readonly fields: readonly string[];
    };
    readonly sheet: { readonly account: string; readonly spreadsheetId: string; readonly range: string };
  };
}

/** Reads the world file. */
export function readWorld(env: NodeJS.ProcessEnv): World {
  return JSON.parse(readFileSync(env.HOUR4_WORLD ?? '', 'utf8'));
}
