// The right call with somebody else's credential.

import type { Incident } from '../../harness/incident.ts';

/** Wrong account, installation or tenant. */
export const WRONG_IDENTITIES: readonly Incident[] = [
  {
    id: 'getsentry/action-github-app-token#18',
    reported:
      'The token is made for whichever installation comes first, and repositories of the others do not exist.',
    scenario: 'wrong-installation',
    check: 'right-identity',
  },
  {
    id: 'supabase/agent-skills#88',
    reported:
      'A repository that the installation may not see is a bare 404, which reads as one that is not there.',
    scenario: 'wrong-installation',
    check: 'not-found-diagnosed',
  },
  {
    id: 'IBM/mcp-context-forge#1078',
    reported: 'The first valid token of anybody is used for everybody’s calls.',
    scenario: 'wrong-account',
    check: 'right-identity',
  },
  {
    id: 'Softeria/ms-365-mcp-server#187',
    reported:
      'The token of a call is kept in a field that all calls share; side by side they use each other’s.',
    scenario: 'wrong-account',
    check: 'right-identity',
  },
  {
    id: 'can1357/oh-my-pi#11666',
    reported:
      'Credentials are cached under the address of the server: two accounts at one address share one.',
    scenario: 'wrong-account',
    check: 'right-identity',
  },
];
