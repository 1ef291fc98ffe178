// GitHub hides what an installation may not see: its 404 says nothing about whether the repository exists.

import type { Scenario } from '../harness/scenario.ts';
import type { BrokerStory } from '../harness/workload/story.ts';
import { CHECKS } from './checks/index.ts';
import { SHORT_NIGHT_MS } from './short-night.ts';

const MINUTE_MS = 60_000;
const EVERY = { fromMs: 3 * MINUTE_MS, everyMs: 12 * MINUTE_MS, method: 'GET' } as const;

const LIFE = { accessTtl: '30m' };
const NOT_KNOWN_AT_ONCE = { birthDelay: '3s' };
const DAY: BrokerStory = {
  services: { github: LIFE },
  cohorts: [{ service: 'github', count: 3, tenants: 3, withinMs: 0 }],
  calls: [
    { ...EVERY, to: { account: 'tenant-1-github' }, path: '/repos/tenant-1/website?call={call}' },
    { ...EVERY, to: { account: 'tenant-2-github' }, path: '/repos/tenant-2/website?call={call}' },
    { ...EVERY, to: { account: 'tenant-1-github' }, path: '/repos/tenant-2/backend?call={call}' },
    { ...EVERY, to: { account: 'tenant-3-github' }, path: '/repos/tenant-3/no-such-thing?call={call}' },
  ],
};

export default {
  id: 'wrong-installation',
  title: 'A repository under another installation is not found',
  why: 'The token of a random installation is taken, GitHub answers 404, and the agent concludes that the repository does not exist (getsentry/action-github-app-token#18, supabase/agent-skills#88).',
  kinds: ['broker', 'agent'],
  untilMs: 70 * MINUTE_MS,
  agent: {
    // An agent brings a job of its own here: the installation through which it sees its repositories is suspended.
    needsServices: ['github'],
    untilMs: SHORT_NIGHT_MS,
    timeline: [{ atMs: 22 * MINUTE_MS, account: 'acme-github', act: 'restrict-service' }],
  },
  broker: DAY,
  timeline: [],
  checks: CHECKS.map(({ id }) => id),
  variants: [
    { id: 'another', title: 'The repository is under another installation' },
    {
      id: 'suspended',
      kinds: ['broker'],
      title: 'The installation is suspended for a while: its own repositories are refused',
      timeline: [
        { atMs: 22 * MINUTE_MS, account: 'tenant-1-github', act: 'restrict-service' },
        { atMs: 45 * MINUTE_MS, account: 'tenant-1-github', act: 'lift-restrictions' },
      ],
    },
    {
      id: 'fresh',
      // GitHub's words for a token that it does not know yet are its words for a dead one (octokit/handbook#8).
      title: 'A fresh token is not known for three seconds',
      agent: {
        needsServices: ['github'],
        untilMs: SHORT_NIGHT_MS,
        services: { github: NOT_KNOWN_AT_ONCE },
        timeline: [{ atMs: 12 * MINUTE_MS, account: 'acme-github', act: 'end-sessions' }],
      },
      broker: { ...DAY, services: { github: { ...LIFE, ...NOT_KNOWN_AT_ONCE } } },
      timeline: [
        { atMs: 22 * MINUTE_MS, account: 'tenant-1-github', act: 'end-sessions' },
        { atMs: 45 * MINUTE_MS, account: 'tenant-2-github', act: 'end-sessions' },
      ],
    },
  ],
} satisfies Scenario;
