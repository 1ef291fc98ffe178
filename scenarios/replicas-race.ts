// Three replicas, one store, one rotating grant: a lock inside a process protects nobody from its neighbours.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';
import { CHECKS } from './checks/index.ts';
import { onBothServers } from './on-both-servers.ts';
import { inEachOrder, type Order } from './release-orders.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const REPLICAS = 3;
const DEPLOY_AT_MS = HOUR_MS + 28 * MINUTE_MS;

const STORY: BrokerStory = {
  services: { crm: { base: 'plain', accessTtl: '30m' } },
  cohorts: [{ service: 'crm', count: 6, tenants: 3, withinMs: 0 }],
  replicas: REPLICAS,
  calls: [
    {
      to: { service: 'crm' },
      fromMs: 5 * MINUTE_MS,
      everyMs: 26 * MINUTE_MS,
      together: REPLICAS,
      replicas: 'in-turn',
      method: 'GET',
      path: '/v1/items?call={call}',
    },
    {
      to: { service: 'crm' },
      fromMs: DEPLOY_AT_MS + MINUTE_MS,
      everyMs: 31 * MINUTE_MS,
      together: 2 * REPLICAS,
      replicas: 'in-turn',
      method: 'GET',
      path: '/v1/items?call={call}',
    },
  ],
};

export default {
  id: 'replicas-race',
  title: 'Three replicas meet the same expiries, and a deploy restarts them all at once',
  why: 'Two replicas refresh the same rotating token within a second: one wins, the other presents a spent token, and the family is revoked (NangoHQ/nango#1005, oauth2-proxy#1992).',
  kinds: ['broker'],
  untilMs: 2 * HOUR_MS + 30 * MINUTE_MS,
  broker: STORY,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: onBothServers(
    STORY,
    inEachOrder(REPLICAS, (order) => ({
      timeline: [
        gate('the-first-expiry', 0, order),
        gate('the-second-expiry', 45 * MINUTE_MS, order),
        ...Array.from(
          { length: REPLICAS },
          (_none, replica): TimelineStep => ({
            atMs: DEPLOY_AT_MS,
            blow: { do: 'restart', party: `broker-${replica}` },
          }),
        ),
        gate('after-the-deploy', DEPLOY_AT_MS + 30 * SECOND_MS, order),
      ],
    })),
  ),
} satisfies Scenario;

function gate(id: string, atMs: number, release: Order): TimelineStep {
  const match = { service: 'crm', route: 'token', account: 'tenant-1-crm' };
  return { atMs, gate: { id, match, phase: 'before-commit', arrive: REPLICAS, release } };
}
