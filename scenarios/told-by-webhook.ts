// Four services end a grant in the same minute. Three of them say so, one is silent; and somebody else says so of a living one.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { Calls } from '../harness/workload/story.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

/** Right after a round of calls: whoever was not told finds out by the next one. */
const END_AT_MS = HOUR_MS + 3 * MINUTE_MS;
const FORGED_AT_MS = HOUR_MS + 25 * MINUTE_MS;
const READS = {
  github: '/user?call={call}',
  slack: '/api/auth.test?call={call}',
  google: '/drive/v3/files?pageSize=1&call={call}',
  salesforce: '/services/data/v60.0/query?q=SELECT%20Name%20FROM%20Account%20LIMIT%201&call={call}',
} as const;
const SERVICES = Object.keys(READS) as (keyof typeof READS)[];
const TELLING = SERVICES.filter((service) => service !== 'salesforce');

export default {
  id: 'told-by-webhook',
  title: 'GitHub, Slack and Google say that a grant has ended, Salesforce does not',
  why: 'GitHub, Slack and Google push the news of a revocation, and Salesforce leaves it to the next refresh: detection takes a second here and hours there. And an address that anybody can write to must not end a grant because anybody says so.',
  kinds: ['broker'],
  untilMs: 2 * HOUR_MS,
  broker: {
    services: {
      github: {},
      slack: {},
      google: { scopes: ['https://www.googleapis.com/auth/drive.readonly', 'openid'] },
      salesforce: {},
    },
    cohorts: SERVICES.map((service) => ({ service, count: 2, tenants: 2, withinMs: 0 })),
    calls: SERVICES.map(
      (service): Calls => ({
        to: { service },
        fromMs: 2 * MINUTE_MS,
        everyMs: 10 * MINUTE_MS,
        method: 'GET',
        path: READS[service],
      }),
    ),
    reauthorizes: true,
  },
  timeline: [
    ...SERVICES.map((service, nth): TimelineStep => {
      return { atMs: END_AT_MS + nth * SECOND_MS, account: `tenant-1-${service}`, act: 'revoke' };
    }),
    ...TELLING.map((service, nth): TimelineStep => {
      return { atMs: FORGED_AT_MS + nth * SECOND_MS, account: `tenant-2-${service}`, forge: 'revoke' };
    }),
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
