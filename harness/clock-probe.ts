// Whether a tool is a Node program, whose clock can be taken: asked of the program itself, by one good call.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Telling } from './scenario.ts';
import { inRealTime, runStory, type Stage } from './stage.ts';

const MARK_NODE = new URL('./preload/mark-node.js', import.meta.url).href;

const PROBE: Telling = {
  id: 'probe',
  title: 'One good call in real time',
  why: 'A clock that nobody follows would hang the run.',
  kinds: ['tool'],
  untilMs: 3_600_000,
  timeline: [],
  tool: ['valid'],
  checks: [],
  variant: null,
};

/** The stage with the best clock that the tool follows: the world's, or else real time. */
export async function withBestClock(stage: Stage): Promise<Stage> {
  const real = inRealTime(stage);
  return (await isNode(real)) ? stage : real;
}

async function isNode(stage: Stage): Promise<boolean> {
  const { config } = stage;
  const mark = join(stage.workDir, 'node-was-here');
  const options = config.subject.env.NODE_OPTIONS ?? '';
  const env = {
    ...config.subject.env,
    NODE_OPTIONS: `${options} --import=${MARK_NODE}`.trim(),
    HOUR4_MARK: mark,
  };
  const marked = { ...stage, config: { ...config, subject: { ...config.subject, env } } };
  await runStory(marked, PROBE, () => {});
  return existsSync(mark);
}
