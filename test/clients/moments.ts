// When each step of a client's story comes, from the lifetime of its tokens and the client's own margin.

import { parseDuration } from '../../harness/duration.ts';
import { type Client, STEPS, type Step } from './client.ts';

/** A step and its moment, in virtual ms since start. */
export interface Moment {
  readonly step: Step;
  readonly atMs: number;
}

const SLACK_MS = 10_000;
const MINUTE_MS = 60_000;

/**
 * The margin is held from both sides: some seconds before it nothing may happen, some seconds after it the client must ask for
 * another token. The last step comes when that one is due in its turn.
 */
export function momentsOf({ lifetime, margin, slides, survives, without = [] }: Client): readonly Moment[] {
  const lifetimeMs = parseDuration(lifetime) ?? 0;
  const firstDueMs = lifetimeMs - (parseDuration(margin ?? '0s') ?? 0);
  const beforeMs = firstDueMs - SLACK_MS;
  const dueMs = (slides === true ? beforeMs + lifetimeMs : firstDueMs) + SLACK_MS;
  const atMs: Record<Step, number> = {
    call: 0,
    before: beforeMs,
    due: dueMs,
    renewed: dueMs + 2 * MINUTE_MS,
    limited: dueMs + 5 * MINUTE_MS,
    scope: dueMs + 10 * MINUTE_MS,
    revoked: dueMs + (survives ? lifetimeMs + 2 * MINUTE_MS : 15 * MINUTE_MS),
  };
  return STEPS.filter((step) => !without.includes(step) && !(survives && step === 'renewed')).map((step) => ({
    step,
    atMs: atMs[step],
  }));
}
