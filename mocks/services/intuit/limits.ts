// How many calls Intuit allows an app for one company.

/** The calls of a minute. */
export const CALLS_PER_MINUTE = 500;

/** The window in which they are counted. */
export const MINUTE_WINDOW_MS = 60_000;
