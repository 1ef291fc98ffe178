// All scenarios, in the order in which they run: the controls first.

import type { Scenario } from '../harness/scenario.ts';
import halfHourStaging from './half-hour-staging.ts';
import healthyDay from './healthy-day.ts';
import hourFour from './hour-four.ts';
import overnightRun from './overnight-run.ts';

/** All scenarios. Their ids are stable and never reused. */
export const SCENARIOS: readonly Scenario[] = [healthyDay, halfHourStaging, overnightRun, hourFour];
