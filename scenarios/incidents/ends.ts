// Ends of life that were taken for something else, and something else that was taken for one.

import type { Incident } from '../../harness/incident.ts';

/** Terminal, or not. */
export const MISREAD_ENDS: readonly Incident[] = [
  {
    id: 'decocms/studio#6122',
    reported: 'A 429 of the token endpoint is read as invalid_grant, and the session is deleted.',
    scenario: 'terminal-or-not',
    check: 'signals-reauth',
  },
  {
    id: 'AzureAD/microsoft-authentication-library-for-js#4058',
    reported: 'A refresh that is refused with 400 is sent again and again.',
    scenario: 'terminal-or-not',
    check: 'stops-on-terminal',
  },
  {
    id: 'AzureAD/microsoft-authentication-library-for-dotnet#1788',
    reported:
      'The server has to break a loop of identical refused requests with an error of its own (AADSTS50196).',
    scenario: 'user-revoked',
    check: 'stops-on-terminal',
  },
  {
    id: 'EdanStarfire/claudecode_webui#1387',
    reported:
      'A grant that is over leaves a connection without any way to recover: nobody is asked to consent again.',
    scenario: 'terminal-or-not',
    check: 'signals-reauth',
  },
];

/** Denied, and not expired. */
export const DENIALS: readonly Incident[] = [
  {
    id: 'anthropics/claude-code#92518',
    reported: 'A 403 with insufficient_scope is shown as an expired token.',
    scenario: 'scope-too-narrow',
    check: 'denied-not-expired',
  },
  {
    id: 'argoproj/argo-cd#23100',
    reported:
      'After an hour the service answers 302 to its sign-in page and no 401; the page is taken for the answer.',
    scenario: 'login-page-instead-of-401',
    check: 'nothing-invented',
  },
];
