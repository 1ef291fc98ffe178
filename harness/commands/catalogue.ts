// What the commands offer: handed in by the composition root, since the harness knows neither stories nor reports.

import type { Service } from '../../mocks/index.ts';
import type { Check } from '../check.ts';
import type { Incident } from '../incident.ts';
import type { Ledger } from '../ledger.ts';
import type { Result } from '../result.ts';
import type { Scenario } from '../scenario.ts';
import type { JobMaker } from '../stage.ts';

/** A format of reports, as the commands use it. */
export interface ReportFormat {
  readonly id: string;
  readonly title: string;
  render(
    result: Result,
    options: {
      readonly color: boolean;
      readonly outDir: string;
      readonly readLedger?: (name: string) => Ledger | null;
    },
  ): string;
}

/** Everything there is to choose from, in the order in which people read it. */
export interface Catalogue {
  readonly services: readonly Service[];
  readonly scenarios: readonly Scenario[];
  readonly checks: readonly Check[];
  readonly incidents: readonly Incident[];
  readonly reports: readonly ReportFormat[];
  /** The job of agents whose config brings none. */
  readonly defaultJob: JobMaker;
}

/** Brings the catalogue when a command needs it: who asks for help, or serves one service, should not wait for all. */
export type LoadCatalogue = () => Promise<Catalogue>;

/** What of it can be listed. */
export const LISTS = ['services', 'scenarios', 'checks', 'reports'] as const;
/** The name of a list. */
export type ListName = (typeof LISTS)[number];
