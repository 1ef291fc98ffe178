// All scenarios, in the order in which they run: the controls first.

import type { Scenario } from '../harness/scenario.ts';
import fourOhThreeThatIsALimit from './403-that-is-a-limit.ts';
import allowlistChanges from './allowlist-changes.ts';
import apiKeyRotated from './api-key-rotated.ts';
import cascade from './cascade.ts';
import expiresMidSession from './expires-mid-session.ts';
import halfHourStaging from './half-hour-staging.ts';
import healthyDay from './healthy-day.ts';
import herdAfterOutage from './herd-after-outage.ts';
import herdAtTheBoundary from './herd-at-the-boundary.ts';
import hourFour from './hour-four.ts';
import keepAliveAtHalfPastTwo from './keep-alive-at-half-past-two.ts';
import overnightRun from './overnight-run.ts';
import personalKeyInCi from './personal-key-in-ci.ts';
import reallyForbidden from './really-forbidden.ts';
import reauthAndRetry from './reauth-and-retry.ts';
import replicasRace from './replicas-race.ts';
import twoCallersOneToken from './two-callers-one-token.ts';
import userRevoked from './user-revoked.ts';
import whoUsedIt from './who-used-it.ts';
import wrongAccount from './wrong-account.ts';
import wrongInstallation from './wrong-installation.ts';

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
  herdAtTheBoundary,
  herdAfterOutage,
  userRevoked,
  wrongAccount,
  wrongInstallation,
  keepAliveAtHalfPastTwo,
  allowlistChanges,
  fourOhThreeThatIsALimit,
  personalKeyInCi,
  whoUsedIt,
  apiKeyRotated,
];
