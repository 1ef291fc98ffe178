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
    id: 'actions/create-github-app-token#76',
    reported:
      'A repository outside of the installation gives a bare 404, which reads as a repository that is not there.',
    scenario: 'wrong-installation',
    check: 'not-found-diagnosed',
  },
  {
    id: 'IBM/mcp-context-forge#1078',
    reported: 'The first valid token of anybody is used for everybody’s calls.',
    scenario: 'wrong-account',
    check: 'right-identity',
  },
];
