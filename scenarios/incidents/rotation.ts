// New refresh tokens that were lost, forgotten, or misread.

import type { Incident } from '../../harness/incident.ts';
import { MINUTE_MS, ONE } from '../broker-days.ts';

/** The new token was given, and did not stay. */
export const LOST_ROTATIONS: readonly Incident[] = [
  {
    id: 'bluesky-social/atproto#5411',
    reported:
      'A refresh ends in a transport error; seconds later the token is refused as invalid_grant, and the user is signed out.',
    scenario: 'rotation-reply-lost',
    variant: 'grace',
    check: 'lost-response-handled',
  },
  {
    id: 'advplyr/audiobookshelf#5281',
    reported:
      'The server had rotated the token and the client had not kept it; the next start presents the spent one.',
    scenario: 'killed-before-persist',
    variant: 'first-use',
    check: 'no-spent-token',
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
    scenario: 'expires-mid-session',
    check: 'no-spent-token',
  },
  {
    id: 'singer-io/tap-salesforce#216',
    reported:
      'A rotated token that cannot be written is worth a warning, and the run goes on; the next one has the old token.',
    scenario: 'store-goes-bad',
    variant: 'read-only',
    told: {
      timeline: [
        { atMs: 3 * MINUTE_MS, blow: { store: 'read-only' } },
        { atMs: 27 * MINUTE_MS, blow: { store: 'writable' } },
        { atMs: 28 * MINUTE_MS, blow: { do: 'restart', party: 'broker-0' } },
      ],
    },
    check: 'session-survives',
  },
  {
    id: 'google-gemini/gemini-cli#25248',
    reported:
      'After a restart with an expired access token the stored refresh token is wiped before anybody has tried it.',
    scenario: 'killed-and-resumed',
    check: 'no-spent-token',
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
      'The same omission shows at the second expiry only, when there is nothing left to refresh with.',
    scenario: 'refresh-token-omitted',
    check: 'claims-true',
  },
  {
    id: 'CESNET/fake-oidc-server#4',
    reported: 'expires_in comes as a string, and clients that add it to a moment go wrong.',
    scenario: 'odd-expires-in',
    variant: 'string',
    check: 'no-dead-token-sent',
  },
  {
    id: 'spring-projects/spring-security-oauth#1895',
    reported:
      'An expires_in of 0 is meant as "never" by the server, and read as "already over" by the client.',
    scenario: 'odd-expires-in',
    variant: 'zero',
    check: 'one-refresh',
  },
  {
    id: 'decocms/studio#6198',
    pull: true,
    reported: 'Lifetimes that are strings, negative or no number at all are stored as if they were seconds.',
    scenario: 'odd-expires-in',
    variant: 'negative',
    check: 'one-refresh',
  },
  {
    id: 'modelcontextprotocol/typescript-sdk#2757',
    pull: true,
    reported: 'An error_description of null keeps an invalid_grant from being recognized.',
    scenario: 'user-revoked',
    told: {
      broker: {
        services: {
          crm: {
            base: 'plain',
            accessTtl: '30m',
            errors: [
              {
                at: 'token',
                causes: ['revoked-by-user'],
                status: 400,
                body: { error: 'invalid_grant', error_description: null },
              },
            ],
          },
        },
        cohorts: [{ service: 'crm', count: 2, tenants: 2, withinMs: 0 }],
        calls: [
          {
            to: { service: 'crm' },
            fromMs: 5 * MINUTE_MS,
            everyMs: 10 * MINUTE_MS,
            method: 'GET',
            path: '/v1/items?call={call}',
          },
        ],
      },
      timeline: [{ atMs: 40 * MINUTE_MS, account: ONE, act: 'revoke' }],
      untilMs: 90 * MINUTE_MS,
    },
    check: 'signals-reauth',
  },
  {
    id: 'FlowiseAI/Flowise#5076',
    reported:
      'The token endpoint answers with an HTML page, which is no JSON, and the connection is given up.',
    scenario: 'terminal-or-not',
    check: 'transient-not-terminal',
  },
];
