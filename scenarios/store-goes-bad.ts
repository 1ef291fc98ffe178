// The store cannot be written, tears a write, or is of yesterday. What cannot be kept should not be fetched.

import type { Scenario, TimelineStep } from '../harness/scenario.ts';
import type { StoreBlow } from '../harness/world/blows.ts';
import { crm, MINUTE_MS, reads, TWO_TENANTS } from './broker-days.ts';
import { CHECKS } from './checks/index.ts';

const ALL = CHECKS.map(({ id }) => id);
/** From before anybody renews ahead until the first tokens are over. */
const BAD_FROM_MS = 3 * MINUTE_MS;
const BAD_UNTIL_MS = 28 * MINUTE_MS;
/** A broker that trusts an old copy cannot know better: what counts is that it says so. */
const BEYOND_ITS_POWER = ['session-survives', 'keeps-the-rotated', 'no-spent-token'];

export default {
  id: 'store-goes-bad',
  title: 'The store is read-only, full, torn, or restored from an old copy',
  why: 'The new token could not be written, and the old one was spent: the connection was lost with the next restart (advplyr/audiobookshelf#5281; singer-io/tap-salesforce#216).',
  kinds: ['broker'],
  untilMs: 80 * MINUTE_MS,
  broker: {
    services: { crm: crm() },
    cohorts: TWO_TENANTS,
    calls: [reads({ service: 'crm' }, 4 * MINUTE_MS)],
  },
  timeline: [],
  checks: ALL,
  variants: [
    { id: 'read-only', title: 'Nothing can be written for a while', timeline: bad('read-only') },
    { id: 'full', title: 'There is no room for a while', timeline: bad('full') },
    { id: 'torn', title: 'The next write to each file ends in the middle', timeline: bad('torn') },
    {
      id: 'restored',
      title: 'An old copy is put in its place',
      timeline: [
        { atMs: BAD_FROM_MS, blow: { store: 'snapshot' } },
        { atMs: 40 * MINUTE_MS, blow: { store: 'restore' } },
      ],
      checks: ALL.filter((id) => !BEYOND_ITS_POWER.includes(id)),
    },
  ],
} satisfies Scenario;

function bad(store: StoreBlow['store']): readonly TimelineStep[] {
  return [
    { atMs: BAD_FROM_MS, blow: { store } },
    { atMs: BAD_UNTIL_MS, blow: { store: 'writable' } },
  ];
}
