// Everybody at once.

import type { Incident } from '../../harness/incident.ts';

/** Herds. */
export const HERDS: readonly Incident[] = [
  {
    id: 'mozilla/fxa-oauth-server#370',
    reported:
      'A deploy is rolled back, since all clients come back at the same moment, and again an interval later.',
    scenario: 'herd-after-outage',
    check: 'no-resync',
  },
  {
    id: 'gravitational/teleport#6889',
    reported: 'Renewals without jitter arrive together whenever a lifetime ends.',
    scenario: 'herd-at-the-boundary',
    check: 'herd-spread',
  },
  {
    id: 'uswitch/vault-creds#1',
    reported: 'Leases that began together are renewed together, by one timer.',
    scenario: 'herd-at-the-boundary',
    check: 'herd-spread',
  },
];
