// @ts-check
// A binary heap of due moments that can also take an item out of its middle, since most timers are cleared and never fire.

/**
 * @template T
 * @typedef {{ dueMs: number, order: number | string, item: T, index: number }} Entry
 * `index` is the place in the heap, -1 once it left.
 */

/** @param {Entry<any>} a @param {Entry<any>} b */
const isBefore = (a, b) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);

/**
 * @template T
 * @param {Entry<T>[]} heap @param {Entry<T>} entry @param {number} from
 */
function siftUp(heap, entry, from) {
  let at = from;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = /** @type {Entry<T>} */ (heap[above]);
    if (!isBefore(entry, parent)) break;
    heap[at] = parent;
    parent.index = at;
    at = above;
  }
  heap[at] = entry;
  entry.index = at;
}

/**
 * @template T
 * @param {Entry<T>[]} heap @param {Entry<T>} entry @param {number} from
 */
function siftDown(heap, entry, from) {
  let at = from;
  for (;;) {
    const left = 2 * at + 1;
    let child = heap[left];
    if (child === undefined) break;
    const right = heap[left + 1];
    if (right !== undefined && isBefore(right, child)) child = right;
    if (!isBefore(child, entry)) break;
    const place = child.index;
    heap[at] = child;
    child.index = at;
    at = place;
  }
  heap[at] = entry;
  entry.index = at;
}

/**
 * @template T
 * @param {Entry<T>[]} heap
 * @param {number} dueMs
 * @param {number | string} order breaks ties between equal moments
 * @param {T} item
 * @returns {Entry<T>} the handle for `removeDue`
 */
export function addDue(heap, dueMs, order, item) {
  const entry = { dueMs, order, item, index: heap.length };
  siftUp(heap, entry, heap.length);
  return entry;
}

/**
 * Harmless for an entry that has left already.
 * @template T
 * @param {Entry<T>[]} heap @param {Entry<T>} entry
 */
export function removeDue(heap, entry) {
  const hole = entry.index;
  if (hole < 0) return;
  entry.index = -1;
  const last = /** @type {Entry<T>} */ (heap.pop());
  if (last === entry) return;
  siftUp(heap, last, hole);
  if (last.index === hole) siftDown(heap, last, hole);
}

/**
 * @template T
 * @param {Entry<T>[]} heap @param {number} nowMs
 * @returns {T | undefined} the first item due by then, taken out
 */
export function takeDue(heap, nowMs) {
  const first = heap[0];
  if (first === undefined || first.dueMs > nowMs) return undefined;
  removeDue(heap, first);
  return first.item;
}
