// All scenarios, in the order in which they run: the controls first.

import type { Scenario } from '../harness/scenario.ts';
import fourOhThreeThatIsALimit from './403-that-is-a-limit.ts';
import allowlistChanges from './allowlist-changes.ts';
import ambiguousTool from './ambiguous-tool.ts';
import apiKeyRotated from './api-key-rotated.ts';
import cascade from './cascade.ts';
import emptyIsNotAbsence from './empty-is-not-absence.ts';
import expiresBetweenCheckAndCall from './expires-between-check-and-call.ts';
import expiresMidSession from './expires-mid-session.ts';
import halfHourStaging from './half-hour-staging.ts';
import healthyDay from './healthy-day.ts';
import herdAfterOutage from './herd-after-outage.ts';
import herdAtTheBoundary from './herd-at-the-boundary.ts';
import holderDies from './holder-dies.ts';
import holderPauses from './holder-pauses.ts';
import hourFour from './hour-four.ts';
import idleRefreshToken from './idle-refresh-token.ts';
import jobOutlivesToken from './job-outlives-token.ts';
import keepAliveAtHalfPastTwo from './keep-alive-at-half-past-two.ts';
import killedAndResumed from './killed-and-resumed.ts';
import killedBeforePersist from './killed-before-persist.ts';
import lateAnswerOverwrites from './late-answer-overwrites.ts';
import loginPageInsteadOf401 from './login-page-instead-of-401.ts';
import oddExpiresIn from './odd-expires-in.ts';
import okFalse from './ok-false.ts';
import oneErrorThreeCauses from './one-error-three-causes.ts';
import oneSlowProvider from './one-slow-provider.ts';
import overnightRun from './overnight-run.ts';
import personalKeyInCi from './personal-key-in-ci.ts';
import reallyForbidden from './really-forbidden.ts';
import reauthAndRetry from './reauth-and-retry.ts';
import reauthByAnotherPerson from './reauth-by-another-person.ts';
import reauthCancelled from './reauth-cancelled.ts';
import reauthInBrowser from './reauth-in-browser.ts';
import reauthWithFewerScopes from './reauth-with-fewer-scopes.ts';
import refreshKillsSiblings from './refresh-kills-siblings.ts';
import refreshTokenOmitted from './refresh-token-omitted.ts';
import replicasRace from './replicas-race.ts';
import retryIsNotRefresh from './retry-is-not-refresh.ts';
import revokedWhileValid from './revoked-while-valid.ts';
import rotationReplyLost from './rotation-reply-lost.ts';
import scopeTooNarrow from './scope-too-narrow.ts';
import sessionInvalidThreeWays from './session-invalid-three-ways.ts';
import skewedClock from './skewed-clock.ts';
import slowRefreshBeatsLock from './slow-refresh-beats-lock.ts';
import staleClientSecret from './stale-client-secret.ts';
import stickyRotation from './sticky-rotation.ts';
import storeGoesBad from './store-goes-bad.ts';
import terminalOrNot from './terminal-or-not.ts';
import threeVariables from './three-variables.ts';
import toldByWebhook from './told-by-webhook.ts';
import twoCallersOneToken from './two-callers-one-token.ts';
import twoProxies from './two-proxies.ts';
import userRevoked from './user-revoked.ts';
import whoUsedIt from './who-used-it.ts';
import writeReplyLost from './write-reply-lost.ts';
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
  ambiguousTool,
  overnightRun,
  hourFour,
  retryIsNotRefresh,
  threeVariables,
  expiresBetweenCheckAndCall,
  emptyIsNotAbsence,
  killedAndResumed,
  writeReplyLost,
  jobOutlivesToken,
  refreshTokenOmitted,
  rotationReplyLost,
  oneErrorThreeCauses,
  sessionInvalidThreeWays,
  scopeTooNarrow,
  staleClientSecret,
  skewedClock,
  loginPageInsteadOf401,
  okFalse,
  twoCallersOneToken,
  replicasRace,
  slowRefreshBeatsLock,
  holderPauses,
  lateAnswerOverwrites,
  killedBeforePersist,
  holderDies,
  oneSlowProvider,
  storeGoesBad,
  oddExpiresIn,
  stickyRotation,
  revokedWhileValid,
  idleRefreshToken,
  terminalOrNot,
  refreshKillsSiblings,
  herdAtTheBoundary,
  herdAfterOutage,
  userRevoked,
  toldByWebhook,
  reauthInBrowser,
  reauthByAnotherPerson,
  reauthCancelled,
  reauthWithFewerScopes,
  wrongAccount,
  wrongInstallation,
  keepAliveAtHalfPastTwo,
  allowlistChanges,
  fourOhThreeThatIsALimit,
  personalKeyInCi,
  twoProxies,
  whoUsedIt,
  apiKeyRotated,
];
