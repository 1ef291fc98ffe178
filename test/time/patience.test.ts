// Patience: what counts as waiting.

import { expect, test } from 'vitest';
import { newPatience } from '../../harness/time/patience.ts';

function patienceAt() {
  let nowMs = 0;
  const patience = newPatience(1000, () => nowMs);
  const later = (ms: number) => {
    nowMs += ms;
    return patience.isOver();
  };
  return { patience, later };
}

test('it runs out after its limit, in steps that are seen', () => {
  const { later } = patienceAt();
  const asked = Array.from({ length: 12 }, () => later(100));
  expect(asked.indexOf(true)).toBe(10);
});

test('what happens renews it', () => {
  const { patience, later } = patienceAt();
  for (let nth = 0; nth < 50; nth++) {
    expect(later(400)).toBe(false);
    patience.renew();
  }
});

test('a machine that slept for an hour has not waited for one', () => {
  const { later } = patienceAt();
  expect(later(3_600_000)).toBe(false);
  expect(later(400)).toBe(false);
  expect(later(400)).toBe(true);
});
