// What a subject says of its own run: the last JSON line it printed, or else its exit code.

import { isJsonObject } from '../../mocks/http.ts';
import type { Json } from '../../mocks/index.ts';
import type { Ending } from '../check.ts';
import type { Claim } from '../entry.ts';

const STATUSES: readonly string[] = ['completed', 'partial', 'paused', 'failed'] satisfies Claim['status'][];

/** The claim in what a subject printed, and where it was found. */
export function claimOf(
  jsonLines: readonly Json[],
  ending: Ending,
): { claim: Claim; from: 'json' | 'exit-code' } {
  const last = jsonLines.filter(isClaim).at(-1);
  if (last !== undefined) return { claim: last, from: 'json' };
  const completed = ending.kind === 'exited' && ending.code === 0;
  return { claim: { status: completed ? 'completed' : 'failed' }, from: 'exit-code' };
}

/** Whether a printed JSON value is a claim: an object with a status that claims may have. */
export function isClaim(value: Json): value is Claim & Json {
  return isJsonObject(value) && typeof value.status === 'string' && STATUSES.includes(value.status);
}

/** The JSON object in a line of output, or null: log lines and half lines are common and mean nothing. */
export function jsonLine(line: string): Json {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
