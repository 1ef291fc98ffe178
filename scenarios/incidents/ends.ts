// Ends of life that were taken for something else, something else that was taken for one, and ends of which nobody heard.

import type { Incident } from '../../harness/incident.ts';

/** Terminal, or not; expired, or denied. */
export const MISREAD_ENDS: readonly Incident[] = [
  {
    id: 'decocms/studio#6122',
    reported: 'A 429 of the token endpoint is read as invalid_grant, and the session is deleted.',
    scenario: 'terminal-or-not',
    check: 'transient-not-terminal',
  },
  {
    id: 'ginlix-ai/LangAlpha#379',
    reported: 'Refreshes are repeated against a 429 whatever its Retry-After says, and the limit never ends.',
    scenario: 'terminal-or-not',
    check: 'retry-after-obeyed',
  },
  {
    id: 'AzureAD/microsoft-authentication-library-for-js#4058',
    reported: 'A refresh that is refused with 400 is sent again and again.',
    scenario: 'terminal-or-not',
    check: 'stops-on-terminal',
  },
  {
    id: 'router-for-me/CLIProxyAPI#5766',
    reported: 'A grant that is over is tried again with every request.',
    scenario: 'terminal-or-not',
    check: 'stops-on-terminal',
  },
  {
    id: 'google-gemini/gemini-cli#27475',
    reported:
      'One invalid_grant stands for several ends (here a session policy, invalid_rapt), and the user is told another one.',
    scenario: 'terminal-or-not',
    check: 'signals-reauth',
  },
  {
    id: 'nicklaw5/helix#204',
    reported: 'A missing scope is a 401, too; the client refreshes its token without end.',
    scenario: 'scope-too-narrow',
    variant: 'as-401',
    check: 'bounded-retries',
  },
  {
    id: 'anthropics/claude-code#92518',
    reported: 'A 403 with insufficient_scope is shown as an expired token.',
    scenario: 'scope-too-narrow',
    variant: 'plain',
    check: 'denied-not-expired',
  },
];

/** Nobody was asked, or whoever had consented anew was not believed. */
export const UNHEARD_ENDS: readonly Incident[] = [
  {
    id: 'EdanStarfire/claudecode_webui#1387',
    reported: 'A connection whose grant is over has no way back: a new consent does not revive it.',
    scenario: 'user-revoked',
    check: 'signals-reauth',
  },
  {
    id: 'openai/codex#36525',
    reported: 'The error stays after signing out and in again: an old token is put back over the new one.',
    scenario: 'user-revoked',
    check: 'no-spent-token',
  },
];
