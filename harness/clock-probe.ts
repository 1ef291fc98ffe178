// Whether a subject is a Node program, whose clock can be taken: asked of the program itself, in real time.

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SubjectKind } from './check.ts';
import type { Telling } from './scenario.ts';
import { inTime, runStory, type Stage } from './stage.ts';

const MARK_NODE = new URL('./preload/mark-node.js', import.meta.url).href;
/** A Node program has begun to run within this real time; nobody waits for an agent that has not. */
const LONGEST_MS = 3000;
const LOOK_EVERY_MS = 20;

/** The shortest story. */
export const ONE_GOOD_CALL: Telling = {
  id: 'probe',
  title: 'The start of the subject in real time',
  why: 'A clock that nobody follows would hang the run.',
  kinds: ['agent', 'tool', 'broker'],
  untilMs: 3_600_000,
  timeline: [],
  tool: ['valid'],
  broker: { services: { plain: {} }, cohorts: [], calls: [] },
  checks: [],
  variant: null,
};

/** What a subject gets whose clock cannot be taken: a tool's calls are short, for all else hours must be made short. */
const WITHOUT_NODE: Readonly<Record<SubjectKind, 'real' | 'compressed'>> = {
  agent: 'compressed',
  broker: 'compressed',
  tool: 'real',
};

/** The stage with the best clock that the subject follows. */
export async function withBestClock(stage: Stage): Promise<Stage> {
  const { subject } = stage.config;
  const [program = ''] = subject.run ?? [];
  const isKnown =
    subject.run === null || subject.page !== undefined || /^node(js)?(\.exe)?$/.test(basename(program));
  if (isKnown || (await isNode(inTime(stage, 'real')))) return stage;
  return inTime(stage, WITHOUT_NODE[subject.kind]);
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
  const enough = new AbortController();
  const looking = setInterval(() => {
    if (existsSync(mark)) enough.abort();
  }, LOOK_EVERY_MS);
  const tired = setTimeout(() => enough.abort(), LONGEST_MS);
  const signal = AbortSignal.any([stage.signal, enough.signal]);
  const marked = { ...stage, signal, config: { ...config, subject: { ...config.subject, env } } };
  try {
    await runStory(marked, ONE_GOOD_CALL);
  } finally {
    clearInterval(looking);
    clearTimeout(tired);
  }
  return existsSync(mark);
}
