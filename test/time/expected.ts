// Reads what a fixture's marks say: how much time passed between them, for each of the three clocks.
import { expect } from 'vitest';
import type { Mark } from './subject.ts';

/**
 * Every step from mark to mark took exactly so many virtual ms, as the server, Date and performance.now saw it.
 * @param steps in the order of the marks
 */
export function expectSteps(marks: Mark[], steps: [name: string, ms: number][]): void {
  const seen = marks.map((mark, at) => {
    const before = marks[at - 1] ?? { serverMs: 0, dateMs: 0, elapsedMs: 0 };
    return [
      mark.name,
      mark.serverMs - before.serverMs,
      mark.dateMs - before.dateMs,
      mark.elapsedMs - before.elapsedMs,
    ];
  });
  expect(seen).toEqual(steps.map(([name, ms]) => [name, ms, ms, ms]));
}
