// Which scenarios are meant by ids and globs, and which by the threads in which they were met.

import picomatch from 'picomatch';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import { type Incident, storyOf } from '../incident.ts';
import type { Scenario } from '../scenario.ts';

/**
 * The scenarios that any of the patterns means, in the catalogue's order.
 * @param patterns ids or globs
 * @param where what gave the patterns: a flag, or a file and key
 * @throws UsageError for a pattern that means none
 */
export function selectScenarios(
  scenarios: readonly Scenario[],
  patterns: readonly string[],
  where: string,
): readonly Scenario[] {
  const wanted = patterns.map((pattern) => ({ pattern, isMatch: picomatch(pattern) }));
  for (const { pattern, isMatch } of wanted) {
    if (scenarios.some(({ id }) => isMatch(id))) continue;
    const ids = scenarios.map(({ id }) => id);
    throw new UsageError(`${where}: no scenario "${pattern}": ${nearest(pattern, ids)}`);
  }
  return scenarios.filter(({ id }) => wanted.some(({ isMatch }) => isMatch(id)));
}

/**
 * The same, where a pattern may also be a thread in public: that is told as its story, after the others.
 * @throws UsageError for a pattern that means none
 */
export function selectStories(
  scenarios: readonly Scenario[],
  incidents: readonly Incident[],
  patterns: readonly string[],
  where: string,
): readonly Scenario[] {
  const threads = incidents.filter(({ id }) => patterns.includes(id));
  const rest = patterns.filter((pattern) => !threads.some(({ id }) => id === pattern));
  return [...selectScenarios(scenarios, rest, where), ...threads.map((thread) => storyOf(thread, scenarios))];
}
