// @ts-check
// The virtual moment as this thread knows it. Only the control connection writes it.

/** Milliseconds; `elapsedBaseMs` keeps elapsed time growing when a warm process starts over in a new world. */
const time = { startMs: 0, nowMs: 0, wallOffsetMs: 0, elapsedBaseMs: 0 };

/** What `Date` tells: epoch ms, with the offset of this party's wall clock. */
export const wallMs = () => time.startMs + time.nowMs + time.wallOffsetMs;

/** What monotonic clocks tell: ms, never going back, untouched by the wall offset. */
export const elapsedMs = () => time.elapsedBaseMs + time.nowMs;

/** @param {number} elapsed @returns {number} that moment in ms of the present world */
export const toWorldMs = (elapsed) => elapsed - time.elapsedBaseMs;

/** The moment, in ms of the present world. */
export const nowMs = () => time.nowMs;

/** Epoch ms of the virtual start. */
export const startMs = () => time.startMs;

/** @param {number} nowMs */
export function moveTo(nowMs) {
  time.nowMs = nowMs;
}

/** @param {number} wallOffsetMs */
export function setWallOffset(wallOffsetMs) {
  time.wallOffsetMs = wallOffsetMs;
}

/** @param {number} startMs epoch ms @param {number} nowMs */
export function startWorld(startMs, nowMs) {
  time.elapsedBaseMs += time.nowMs;
  time.startMs = startMs;
  time.nowMs = nowMs;
}
