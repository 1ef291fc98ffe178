// All scenarios, in the order in which they run: the controls first.

import type { Scenario } from '../harness/scenario.ts';
import cascade from './cascade.ts';
import expiresMidSession from './expires-mid-session.ts';
import halfHourStaging from './half-hour-staging.ts';
import healthyDay from './healthy-day.ts';
import hourFour from './hour-four.ts';
import overnightRun from './overnight-run.ts';
import replicasRace from './replicas-race.ts';
import twoCallersOneToken from './two-callers-one-token.ts';
import userRevoked from './user-revoked.ts';
import reallyForbidden from './really-forbidden.ts';
import reauthAndRetry from './reauth-and-retry.ts';

/** All scenarios. Their ids are stable and never reused. */
export const SCENARIOS: readonly Scenario[] = [
  healthyDay,
  halfHourStaging,
  expiresMidSession,
  reallyForbidden,
  cascade,
  reauthAndRetry,
  overnightRun,
  hourFour,
  twoCallersOneToken,
  replicasRace,
  userRevoked,
];
