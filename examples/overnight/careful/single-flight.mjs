// Several callers at once share one run of the work, so that two who meet the same end do not both renew.

/**
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>}
 */
export function singleFlight(work) {
  /** @type {Promise<void> | null} */
  let running = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}
