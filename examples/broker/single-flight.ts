// Several callers who want the same thing share one run of it.

/** The same function, run once at a time for each key, its first argument. */
export function singleFlight<Rest extends unknown[], Result>(
  run: (key: string, ...rest: Rest) => Promise<Result>,
): (key: string, ...rest: Rest) => Promise<Result> {
  const running = new Map<string, Promise<Result>>();
  return (key, ...rest) => {
    const present = running.get(key);
    if (present !== undefined) return present;
    const started = run(key, ...rest).finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
