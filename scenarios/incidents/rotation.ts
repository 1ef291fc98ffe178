// New refresh tokens that were lost, forgotten, or misread.

import type { Incident } from '../../harness/incident.ts';

/** The new token was given, and did not stay. */
export const LOST_ROTATIONS: readonly Incident[] = [
  {
    id: 'bluesky-social/atproto#5411',
    reported:
      'A refresh ends in a transport error; five seconds later the same token is refused as invalid_grant, and the user is logged out.',
    scenario: 'rotation-reply-lost',
    check: 'lost-response-handled',
  },
  {
    id: 'airbytehq/airbyte#3990',
    reported:
      'A connector refreshes and goes on with the refresh token of its config: the new one is never kept.',
    scenario: 'expires-mid-session',
    check: 'no-spent-token',
  },
  {
    id: 'airbytehq/airbyte#82783',
    reported: 'A job runs with the credentials that were copied when it was created; by then they are spent.',
    scenario: 'killed-before-persist',
    check: 'keeps-the-rotated',
  },
  {
    id: 'rclone/rclone#6372',
    reported:
      'One config is used on three machines, and the first refresh makes the copies of the others stale.',
    scenario: 'refresh-kills-siblings',
    check: 'session-survives',
  },
  {
    id: 'advplyr/audiobookshelf#5281',
    reported:
      'The answer with the new refresh token is lost on the way; after the grace period the session cannot be had back.',
    scenario: 'rotation-reply-lost',
    check: 'signals-reauth',
  },
];

/** The answer was right, and read wrongly. */
export const ODD_ANSWERS: readonly Incident[] = [
  {
    id: 'modelcontextprotocol/python-sdk#2270',
    reported:
      'An answer without refresh_token wipes the stored one, although RFC 6749 lets a server leave it out.',
    scenario: 'refresh-token-omitted',
    check: 'keeps-the-rotated',
  },
  {
    id: 'Kong/insomnia#1492',
    reported:
      'The same omission is noticed at the second expiry only, when there is nothing left to refresh with.',
    scenario: 'refresh-token-omitted',
    check: 'claims-true',
  },
  {
    id: 'CESNET/fake-oidc-server#4',
    reported: 'expires_in comes as a string, and arithmetic with it goes wrong in silence.',
    scenario: 'odd-expires-in',
    check: 'no-dead-token-sent',
  },
  {
    id: 'decocms/studio#6198',
    reported: 'Lifetimes that are strings, negative or no number at all are stored as if they were seconds.',
    scenario: 'odd-expires-in',
    check: 'refreshes-ahead',
  },
  {
    id: 'FlowiseAI/Flowise#5076',
    reported: 'The token endpoint answers with an HTML page, and the connection is given up.',
    scenario: 'terminal-or-not',
    check: 'transient-not-terminal',
  },
];
