// All checks, in the order of the catalogue.

import type { Check } from '../../harness/check.ts';
import agentNeverSeesToken from './agent-never-sees-token.ts';
import auditComplete from './audit-complete.ts';
import boundedRetries from './bounded-retries.ts';
import callsSurviveExpiry from './calls-survive-expiry.ts';
import claimsTrue from './claims-true.ts';
import deniedNotExpired from './denied-not-expired.ts';
import endsClean from './ends-clean.ts';
import exitCodes from './exit-codes.ts';
import expiredAtTrue from './expired-at-true.ts';
import expiryToldApart from './expiry-told-apart.ts';
import herdSpread from './herd-spread.ts';
import keepsAlive from './keeps-alive.ts';
import keepsTheRotated from './keeps-the-rotated.ts';
import lockIsFreed from './lock-is-freed.ts';
import lockNotTooWide from './lock-not-too-wide.ts';
import lostResponseHandled from './lost-response-handled.ts';
import noDeadTokenSent from './no-dead-token-sent.ts';
import noKeyInFiles from './no-key-in-files.ts';
import noResync from './no-resync.ts';
import noSecretLeaked from './no-secret-leaked.ts';
import noSilentSkip from './no-silent-skip.ts';
import noSpentToken from './no-spent-token.ts';
import notFoundDiagnosed from './not-found-diagnosed.ts';
import nothingInvented from './nothing-invented.ts';
import oneRefresh from './one-refresh.ts';
import onlyTheAffected from './only-the-affected.ts';
import personalKeptOutOfCi from './personal-kept-out-of-ci.ts';
import proxyRespected from './proxy-respected.ts';
import reauthWorks from './reauth-works.ts';
import refreshesAhead from './refreshes-ahead.ts';
import refusalIsTold from './refusal-is-told.ts';
import resumesWithoutRepeat from './resumes-without-repeat.ts';
import retryAfterObeyed from './retry-after-obeyed.ts';
import rightIdentity from './right-identity.ts';
import rollbackWithLiveCredential from './rollback-with-live-credential.ts';
import sessionSurvives from './session-survives.ts';
import signalsReauth from './signals-reauth.ts';
import startupProbe from './startup-probe.ts';
import stopsOnTerminal from './stops-on-terminal.ts';
import transientNotTerminal from './transient-not-terminal.ts';

/** All checks. Their ids are stable and never reused. */
export const CHECKS: readonly Check[] = [
  expiryToldApart,
  expiredAtTrue,
  reauthWorks,
  exitCodes,
  deniedNotExpired,
  noSilentSkip,
  nothingInvented,
  refusalIsTold,
  claimsTrue,
  callsSurviveExpiry,
  noDeadTokenSent,
  rollbackWithLiveCredential,
  oneRefresh,
  lockNotTooWide,
  lockIsFreed,
  noSpentToken,
  sessionSurvives,
  keepsTheRotated,
  lostResponseHandled,
  stopsOnTerminal,
  transientNotTerminal,
  retryAfterObeyed,
  boundedRetries,
  signalsReauth,
  onlyTheAffected,
  resumesWithoutRepeat,
  rightIdentity,
  notFoundDiagnosed,
  herdSpread,
  noResync,
  refreshesAhead,
  keepsAlive,
  startupProbe,
  noSecretLeaked,
  agentNeverSeesToken,
  auditComplete,
  personalKeptOutOfCi,
  noKeyInFiles,
  proxyRespected,
  endsClean,
];
