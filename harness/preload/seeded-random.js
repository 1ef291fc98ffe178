// @ts-check
// Math.random as a function of the run's seed and of who asks, so that a run can be repeated and siblings still differ.

/** @param {string} text @returns {number} 32 bits of it (FNV-1a) */
function hash(text) {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 0;
}

/** @param {string} seed what this stream of numbers depends on; the stream is mulberry32 */
export function seedRandom(seed) {
  let state = hash(seed);
  Math.random = function random() {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
