// What only shows in long runs: clocks that differ, tokens that were copied once, losses that nobody names.

import type { Incident } from '../../harness/incident.ts';

/** Clocks and margins. */
export const CLOCKS: readonly Incident[] = [
  {
    id: 'googleapis/google-auth-library-python#889',
    reported: 'A clock that is a few seconds off makes a token valid on one side and not on the other.',
    scenario: 'skewed-clock',
    variant: 'behind-30s',
    // The token ends between the moment of the last call and that moment by the slow clock.
    told: {
      agent: {
        services: { hubspot: { accessTtl: '4520s' } },
        timeline: [{ atMs: 0, party: 'agent', skewMs: -30_000 }],
      },
    },
    check: 'calls-survive-expiry',
  },
  {
    id: 'golang/oauth2#623',
    reported: 'A fixed margin of ten seconds is all that stands between the look at the expiry and the call.',
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
    id: 'argoproj/argo-cd#9527',
    reported: 'A wait for something long hangs when its token expires, and does not end.',
    scenario: 'job-outlives-token',
    check: 'ends-clean',
  },
  {
    id: 'argoproj/argo-cd#23100',
    reported:
      'After an hour the service answers 302 to its sign-in page and no 401; nothing is found, and nothing is said.',
    scenario: 'login-page-instead-of-401',
    variant: 'redirect',
    check: 'no-silent-skip',
  },
  {
    id: 'Agenta-AI/agenta#6022',
    reported: 'The text of a 401 is delivered as the answer, with an ordinary reason for stopping.',
    scenario: 'three-variables',
    check: 'nothing-invented',
  },
  {
    id: 'vm0-ai/vm0#6600',
    reported: 'Refused calls turn into nulls, and the agent writes what it remembers.',
    scenario: 'three-variables',
    check: 'nothing-invented',
  },
  {
    id: 'agentmuxai/agentmux#1579',
    reported: 'A run that was refused ends with exit code 0 and looks like one that did its work.',
    scenario: 'three-variables',
    check: 'refusal-is-told',
  },
  {
    id: 'phnx-labs/agi-cli#1756',
    pull: true,
    reported: 'A read that fails for its credential is answered from the cache and drawn like a healthy one.',
    scenario: 'empty-is-not-absence',
    check: 'no-silent-skip',
  },
];
