// Rows were written, and the answer that says so never came: once more is twice, and never again may be not at all.

import type { Scenario } from '../harness/scenario.ts';
import { CHECKS } from './checks/index.ts';
import { MINUTE_MS, SHORT_NIGHT_MS } from './short-night.ts';

const WRITING = { service: 'google', route: 'spreadsheets.values.append' } as const;

export default {
  id: 'write-reply-lost',
  title: 'A write is committed, and its answer is lost; later one is lost before the commit',
  why: 'A write that was committed and whose answer was lost looks like one that failed: the repetition writes it twice, and giving up may leave a gap.',
  kinds: ['agent'],
  needsServices: ['google'],
  untilMs: SHORT_NIGHT_MS,
  timeline: [
    {
      atMs: 10 * MINUTE_MS,
      fault: { id: 'answer-lost', match: WRITING, do: 'reset', when: 'after-commit', count: 1 },
    },
    {
      atMs: 25 * MINUTE_MS,
      fault: { id: 'request-lost', match: WRITING, do: 'reset', when: 'before-commit', count: 1 },
    },
    {
      atMs: 40 * MINUTE_MS,
      fault: { id: 'connection-closed', match: WRITING, do: 'drop', when: 'after-commit', count: 1 },
    },
  ],
  checks: CHECKS.map(({ id }) => id),
} satisfies Scenario;
