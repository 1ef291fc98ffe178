// A new token is not known to every server at once: the words for that are the words for a dead one.

import { setTimeout as sleep } from 'node:timers/promises';

/** So long a refusal may mean that the token is too new. */
const NEW_MS = 10_000;
/** The waits before it is sent again. */
const WAITS_MS = [1000, 3000];

/** Whether a token that was received then may still be unknown. */
export const isNew = (receivedAtMs: number): boolean => Date.now() - receivedAtMs < NEW_MS;

/** Waits for a new token to become known; false when it has had its time. */
export async function waitForNewToken(tries: number): Promise<boolean> {
  const waitMs = WAITS_MS[tries];
  if (waitMs !== undefined) await sleep(waitMs);
  return waitMs !== undefined;
}
