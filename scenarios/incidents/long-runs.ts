// What only shows in long runs: clocks that differ, tokens that were copied once, losses that nobody names.

import type { Incident } from '../../harness/incident.ts';

/** Clocks and margins. */
export const CLOCKS: readonly Incident[] = [
  {
    id: 'googleapis/google-auth-library-python#889',
    reported: 'A clock that is a few seconds off makes a token valid on one side and not on the other.',
    scenario: 'skewed-clock',
    check: 'calls-survive-expiry',
  },
  {
    id: 'golang/oauth2#623',
    reported:
      'A fixed margin of ten seconds is all that stands between the check of the expiry and the call.',
    scenario: 'expires-between-check-and-call',
    check: 'no-dead-token-sent',
  },
];

/** Silence. */
export const SILENT_ENDS: readonly Incident[] = [
  {
    id: 'earendil-works/pi#223',
    reported: 'The key is read once for the whole loop, which outlives it by hours.',
    scenario: 'expires-mid-session',
    check: 'calls-survive-expiry',
  },
  {
    id: 'GoogleCloudPlatform/knowledge-catalog#35',
    reported:
      'The bearer token is captured when the module is loaded; the run dies after an hour and 42 minutes.',
    scenario: 'expires-mid-session',
    check: 'no-dead-token-sent',
  },
  {
    id: 'Agenta-AI/agenta#6022',
    reported: 'The text of a 401 is delivered as the answer, with an ordinary reason for stopping.',
    scenario: 'three-variables',
    check: 'nothing-invented',
  },
  {
    id: 'vm0-ai/vm0#6600',
    reported: 'Refused calls turn into nulls, and the agent writes what it remembers instead.',
    scenario: 'three-variables',
    check: 'nothing-invented',
  },
];

/** Everybody at once. */
export const HERDS: readonly Incident[] = [
  {
    id: 'mozilla/fxa-oauth-server#370',
    reported:
      'A deploy is rolled back since all clients come back at the same moment, and again an interval later.',
    scenario: 'herd-after-outage',
    check: 'no-resync',
  },
  {
    id: 'uswitch/vault-creds#1',
    reported: 'Leases that began together are renewed together: jitter is asked for.',
    scenario: 'herd-at-the-boundary',
    check: 'herd-spread',
  },
];
