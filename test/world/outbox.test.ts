// Answers of one moment leave in their order, once all of that moment has been dealt with.

import { expect, test } from 'vitest';
import { createOutbox } from '../../harness/world/outbox.ts';

test('what is sent by itself leaves at once; what is sent together leaves at the end, in order', () => {
  const seen: string[] = [];
  const outbox = createOutbox();
  outbox.send(() => seen.push('alone'));
  outbox.together(() => {
    outbox.send(() => seen.push('first'));
    outbox.send(() => seen.push('second'));
    seen.push('all dealt with');
  });
  outbox.send(() => seen.push('alone again'));
  expect(seen).toEqual(['alone', 'all dealt with', 'first', 'second', 'alone again']);
});

test('what was sent before the work failed leaves all the same', () => {
  const seen: string[] = [];
  const outbox = createOutbox();
  const work = () => {
    outbox.send(() => seen.push('sent'));
    throw new Error('no more');
  };
  expect(() => outbox.together(work)).toThrow('no more');
  outbox.send(() => seen.push('later'));
  expect(seen).toEqual(['sent', 'later']);
});
