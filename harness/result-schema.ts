// The shape of the result file, as a schema that programs can check it against; the types are in result.ts.

import * as z from 'zod';
import type { Claim } from './entry.ts';
import type { Result } from './result.ts';

const virtualMs = z.int().min(0).describe('Virtual ms since the start of the run.');
const count = z.int().min(0);
const score = z.number().min(0).max(100).nullable();
const verdict = z.enum(['pass', 'fail', 'inconclusive', 'not-applicable', 'error']);

// What a subject says is kept as it was said: only the status is sure.
const claim = z.looseObject({
  status: z.enum(['completed', 'partial', 'paused', 'failed']),
}) as z.ZodType<Claim>;

const finding = z.strictObject({
  check: z.string(),
  verdict,
  message: z.string(),
  fix: z.string().nullable(),
  evidence: z.array(z.int().min(1)).describe('Sequence numbers in the ledger.'),
  at: virtualMs.nullable(),
});

const boundary = z.strictObject({
  service: z.string(),
  account: z.string(),
  expiredAt: z.array(virtualMs),
  crossed: count,
  refreshes: count,
});

const scenario = z.strictObject({
  id: z.string(),
  title: z.string(),
  variant: z.string().nullable(),
  verdict,
  virtualMs,
  realMs: count,
  claims: z.array(claim),
  findings: z.array(finding),
  boundaries: z.array(boundary),
  loss: z.strictObject({ rowsMissing: count, rowsIncomplete: count }).nullable(),
  ledger: z.string().nullable().describe('Relative to the output folder.'),
});

const grade = z.strictObject({
  letter: z.enum(['A', 'B', 'C', 'D', 'F', 'N']),
  coverage: z.strictObject({ concluded: count, of: count }),
  cappedBy: z.array(z.string()),
  categories: z.strictObject({
    expiry: score,
    race: score,
    rotation: score,
    endOfLife: score,
    identity: score,
    herd: score,
    honesty: score,
    hygiene: score,
  }),
  cost: z.strictObject({
    refreshes: count,
    needed: count,
    wastedCalls: count,
    callsAfterTerminal: count,
    wastedVirtualMs: count,
  }),
});

const condition = z.strictObject({
  id: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  condition: z.string(),
  met: z.boolean(),
  evidence: z.string(),
  fix: z.string().nullable(),
});

const conduct = z.strictObject({
  scenario: z.string(),
  step: z.string(),
  command: z.string(),
  exitCode: z.int().nullable(),
  requests: count,
  refreshes: count,
  said: z.string(),
});

/** The schema of `--report json`. */
export const resultSchema: z.ZodType<Result> = z
  .strictObject({
    schema: z.literal('hour4/result@1'),
    tool: z.strictObject({ name: z.literal('hour4'), version: z.string() }),
    subject: z.strictObject({
      name: z.string(),
      kind: z.enum(['agent', 'tool', 'broker']),
      time: z.string(),
    }),
    seed: count,
    startedAt: z.iso.datetime(),
    grade,
    rubric53: z
      .strictObject({
        score: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
        distinguishable: z.enum(['by exit code', 'by text', 'no']),
        conditions: z.array(condition),
        conduct: z.array(conduct),
        example: z.record(z.string(), z.json()).nullable(),
      })
      .nullable(),
    scenarios: z.array(scenario),
    unmodelled: z.array(
      z.strictObject({
        service: z.string(),
        method: z.string(),
        path: z.string(),
        count,
        stub: z.string(),
      }),
    ),
    totals: z.strictObject({
      pass: count,
      fail: count,
      inconclusive: count,
      notApplicable: count,
      error: count,
    }),
  })
  .meta({ title: 'hour4 result' });
