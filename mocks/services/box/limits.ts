// How many calls Box allows. It counts for each user; the mock for each tenant, where one user is the rule.

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 1000;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;
