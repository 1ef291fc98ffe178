// The two errors that end a command early: bad input, and the harness's own fault.

/** Bad usage or config: one clear line that names the thing and the fix; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that is hour4's own fault; exit code 3. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
}
