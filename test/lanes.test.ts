// Work in lanes: the first piece alone, the rest where its length puts it, each lane in its order.

import { expect, test } from 'vitest';
import { inLanes } from '../harness/lanes.ts';

const always = { width: () => 2, goesOn: () => true };

/** Tasks of these lengths that end only when they are told to. */
function watched(lengths: readonly number[]) {
  const begun: string[] = [];
  const ends = lengths.map(() => Promise.withResolvers<void>());
  const tasks = lengths.map((length, index) => ({
    length,
    run: async (lane: number) => {
      begun.push(`${index} in ${lane}`);
      await ends[index]?.promise;
      return index;
    },
  }));
  const end = async (index: number) => {
    ends[index]?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, tasks, end };
}

test('the first is done alone, and the others go where least is to be done, whoever is faster', async () => {
  const { begun, tasks, end } = watched([1, 5, 1, 1, 1]);
  const results = inLanes(tasks, always);
  expect(begun).toEqual(['0 in 0']);
  await end(0);
  expect(begun).toEqual(['0 in 0', '1 in 0', '2 in 1']);
  await end(1);
  expect(begun).toHaveLength(3);
  for (const index of [2, 3, 4]) await end(index);
  expect(begun.slice(3)).toEqual(['3 in 1', '4 in 1']);
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3, 4]);
});

test('how many there are is asked after the first', async () => {
  const { begun, tasks, end } = watched([1, 1, 1]);
  let width = 2;
  inLanes(tasks, { ...always, width: () => width });
  width = 1;
  await end(0);
  await end(1);
  expect(begun).toEqual(['0 in 0', '1 in 0', '2 in 0']);
});

test('what is no longer wanted comes to null, and one failure stops nobody else', async () => {
  const { begun, tasks, end } = watched([1, 1, 1, 1]);
  const failing = { length: 1, run: () => Promise.reject(new Error('no')) };
  let goesOn = true;
  const results = inLanes([...tasks.slice(0, 1), failing, ...tasks.slice(1)], {
    ...always,
    goesOn: () => goesOn,
  });
  await end(0);
  expect(begun).toEqual(['0 in 0', '1 in 1', '2 in 0']);
  goesOn = false;
  for (const index of [1, 2, 3]) await end(index);
  const settled = await Promise.allSettled(results);
  expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
    0,
    'failed',
    1,
    2,
    null,
  ]);
});
