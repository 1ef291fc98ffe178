// The server has replaced the refresh token, and the answer that says so never came.

import type { ServiceKnobs } from '../harness/config/knobs.ts';
import type { Scenario } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';
import { preset } from '../harness/world/presets.ts';
import { crm, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS, STRICTLY_ROTATING } from './short-night.ts';

const FORGIVING = { ...STRICTLY_ROTATING.hubspot, grace: '2m' } as const;

export default {
  id: 'rotation-reply-lost',
  title: 'A rotation is committed, and its answer is lost',
  why: 'The old refresh token is spent and the new one never arrived: inside a grace the old one still works, at a strict service only a new consent helps, and no number of retries does (bluesky-social/atproto#5411).',
  kinds: ['agent', 'broker'],
  needsServices: ['hubspot'],
  untilMs: SHORT_NIGHT_MS,
  broker: askedOf(crm()),
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    {
      id: 'grace',
      title: 'A rotation’s answer is lost, and the old token is honoured for a while',
      agent: { services: { hubspot: FORGIVING }, timeline: replyLost('hubspot') },
      broker: askedOf(crm({ grace: '10m' })),
      timeline: replyLost('crm'),
    },
    {
      id: 'strict',
      title: 'A rotation’s answer is lost, and the old token is dead',
      agent: { services: STRICTLY_ROTATING, timeline: replyLost('hubspot') },
      timeline: replyLost('crm'),
    },
  ],
} satisfies Scenario;

function replyLost(service: string) {
  const lost = preset('answer-lost', { service, route: 'token' });
  return [{ atMs: 20 * MINUTE_MS, fault: lost }];
}

function askedOf(knobs: ServiceKnobs): BrokerStory {
  const calls = [reads({ service: 'crm' }, 4 * MINUTE_MS)];
  return { services: { crm: knobs }, cohorts: TWO_TENANTS, calls, reauthorizes: true };
}
