// The queue of due moments against the plainest thing that could do the same: a sorted list.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDue, type Entry, removeDue, takeDue } from '../../harness/preload/due-queue.js';

const deed = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), dueMs: fc.nat(20) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(60) }),
  fc.record({ kind: fc.constant('take' as const), nowMs: fc.nat(20) }),
);

test('adds, removes from the middle, and takes in order of moment and then of age', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 120 }), (deeds) => {
      const heap: Entry<number>[] = [];
      const handles: Entry<number>[] = [];
      let plain: { dueMs: number; age: number }[] = [];
      for (const one of deeds) {
        if (one.kind === 'add') {
          const age = handles.length;
          handles.push(addDue(heap, one.dueMs, age, age));
          plain.push({ dueMs: one.dueMs, age });
          plain.sort((a, b) => a.dueMs - b.dueMs || a.age - b.age);
        } else if (one.kind === 'remove') {
          const handle = handles[one.at];
          if (handle !== undefined) removeDue(heap, handle);
          plain = plain.filter(({ age }) => age !== one.at);
        } else {
          const due = plain.find(({ dueMs }) => dueMs <= one.nowMs);
          plain = plain.filter((entry) => entry !== due);
          expect(takeDue(heap, one.nowMs)).toBe(due?.age);
        }
        expect(heap[0]?.item).toBe(plain[0]?.age);
        expect(heap).toHaveLength(plain.length);
      }
    }),
  );
});
