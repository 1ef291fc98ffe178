// Healthy specimens stay healthy at other seeds: two of them here, all of them at twenty seeds in `npm run nightly`.

import { describe, expect, test } from 'vitest';
import { atSeed } from './seeds.ts';
import { SPECIMENS } from './specimens/index.ts';

const MINUTES = 300_000;

describe.each([
  ['agent: careful', ['two-callers-one-token', 'user-revoked']],
  ['shared broker: careful', ['terminal-or-not']],
])('%s', (id, told) => {
  test.each([2, 3])(
    'at seed %i',
    async (seed) => {
      const specimen = SPECIMENS.find((each) => each.id === id);
      if (specimen === undefined) throw new Error(`no specimen ${id}`);
      const stories = specimen.stories.filter((story) => told.includes(story.id));
      expect(stories).toHaveLength(told.length);
      expect(await atSeed(specimen, seed, stories)).toEqual({ seed, letter: 'A', failed: [], said: [] });
    },
    MINUTES,
  );
});
