// What a subject says of its own run: the last JSON line it printed, or else its exit code.

import { z } from 'zod';
import type { Json } from '../../mocks/index.ts';
import type { Ending } from '../check.ts';
import type { Claim } from '../entry.ts';

/** An id, which many print as a number. */
const name = z.union([z.string(), z.number().transform(String)]).optional();
const text = z.string().catch('');

/** Entries that are none are left out one by one: a slip in one must not hide the others. */
const entries = <T extends z.ZodType>(entry: T) =>
  z
    .array(z.unknown())
    .transform((all) => all.map((one) => entry.safeParse(one).data).filter((one) => one !== undefined))
    .optional()
    .catch(undefined);

// What is badly shaped counts as not said; what is not known is kept.
const claimSchema = z.looseObject({
  status: z.enum(['completed', 'partial', 'paused', 'failed']),
  counts: z
    .looseObject({ rows: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  skipped: entries(z.looseObject({ account: name, item: name, reason: text })),
  reauth: entries(z.looseObject({ account: z.string(), reason: text })),
  error: z.looseObject({ code: z.string(), message: text }).optional().catch(undefined),
});

/** The claim in what a subject printed, and where it was found. */
export function claimOf(
  jsonLines: readonly Json[],
  ending: Ending,
): { claim: Claim; from: 'json' | 'exit-code' } {
  const last = jsonLines.map(readClaim).findLast((claim) => claim !== null);
  if (last) return { claim: last, from: 'json' };
  const completed = ending.kind === 'exited' && ending.code === 0;
  return { claim: { status: completed ? 'completed' : 'failed' }, from: 'exit-code' };
}

// An object with a status that claims may have is a claim, whatever else is in it. The detour over JSON drops the
// fields that count as not said.
function readClaim(value: Json): Claim | null {
  const { data } = claimSchema.safeParse(value);
  return data === undefined ? null : (JSON.parse(JSON.stringify(data)) as Claim);
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
