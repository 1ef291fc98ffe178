// @ts-check
// Whether anything still holds the event loop of this thread, or it is about to end by itself.
import net from 'node:net';

/** A stream that neither reads nor writes is listed as active, yet holds nothing: stdout is the everyday case. */
function isSilentStream(/** @type {any} */ handle) {
  return (
    handle instanceof net.Socket &&
    !handle.connecting &&
    handle.writableLength === 0 &&
    !(/** @type {any} */ (handle)._handle?.reading)
  );
}

/** @returns {boolean} false when the loop will end in its next turn */
export function isLoopHeld() {
  const listed = process.getActiveResourcesInfo().length;
  if (listed === 0) return false;
  const handles = /** @type {any} */ (process)._getActiveHandles();
  return listed > handles.filter(isSilentStream).length;
}
