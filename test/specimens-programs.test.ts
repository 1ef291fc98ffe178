// Tools in other languages fail what they are sick of; agents take minutes of compressed time, so theirs is `npm run nightly`.

import { expect, test } from 'vitest';
import { atSeed } from './seeds.ts';
import { SPECIMENS } from './specimens/index.ts';

const MINUTES = 120_000;
const tools = SPECIMENS.filter(({ kind, start }) => start.sort === 'program' && kind === 'tool');

test.each(tools)(
  '$id: $fails',
  async (specimen) => {
    const { failed, said } = await atSeed(specimen, 1);
    expect(failed).toEqual(specimen.fails);
    expect(said[0]).toContain(`${specimen.named}: `);
  },
  MINUTES,
);
