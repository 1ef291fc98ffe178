// How long hour4 itself stood still, for want of processor time or because somebody stopped it. On a real clock the subject
// went on meanwhile, and what it then did may come of that.

import { monitorEventLoopDelay } from 'node:perf_hooks';

const NS_PER_MS = 1e6;
/** What a busy machine does to everybody; in compressed time some minutes of the record. */
const USUAL_MS = 1000;

/** Watches from now on. What it returns ends that, and tells the longest standstill in real ms; null for none to speak of. */
export function watchStandstill(usualMs = USUAL_MS): () => number | null {
  const delay = monitorEventLoopDelay();
  delay.enable();
  return () => {
    delay.disable();
    const longestMs = Math.round(delay.max / NS_PER_MS);
    return longestMs > usualMs ? longestMs : null;
  };
}
