// The world file, as far as these agents read it.

import { readFileSync } from 'node:fs';
import type { Account } from '../../../mocks/index.ts';

/** The world file, with a job of some shape. */
export interface World<J = unknown> {
  readonly start: string;
  readonly until: string;
  readonly store: string;
  readonly eventsUrl: string;
  readonly resume: boolean;
  readonly reauthorized: readonly string[];
  readonly accounts: readonly Account[];
  readonly job: J;
}

/** The overnight job. */
export interface Overnight {
  readonly everyMs: number;
  readonly deals: { readonly account: string; readonly linkProperty: string };
  readonly enrich: {
    readonly account: string;
    readonly object: string;
    readonly fields: readonly string[];
  };
  readonly sheet: { readonly account: string; readonly spreadsheetId: string; readonly range: string };
}

/** Reads the world file. */
export function readWorld<J>(env: NodeJS.ProcessEnv): World<J> {
  return JSON.parse(readFileSync(env.HOUR4_WORLD ?? '', 'utf8'));
}
