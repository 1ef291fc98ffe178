// What may be said to the control API: one schema for each body, and one line for the first thing that is wrong.

import { z } from 'zod';
import { ACT_NAMES } from '../../mocks/acts.ts';
import { nearest } from '../config/nearest.ts';
import { duration, id, strict } from '../config/parts.ts';
import { problemOf } from '../config/problem.ts';
import type { FaultDeed } from '../world/faults.ts';
import { PRESETS, type PresetName } from '../world/presets.ts';
import { wrong } from './answers.ts';

const LONGEST_MS = 366 * 86_400_000;
const FASTEST = 1_000_000;

/** One of a few words; another is told together with the one that was most likely meant. */
const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) => (typeof input === 'string' ? `is not known: ${nearest(input, words)}` : undefined),
  });

const whole = (least: number, most = Number.MAX_SAFE_INTEGER) => z.int().min(least).max(most);

const clock = strict({
  advance: duration.optional(),
  set: z.iso
    .datetime({ offset: true, error: 'is no instant: write one like 2026-03-03T02:00:00.000Z' })
    .optional(),
  rate: z
    .number()
    .min(0)
    .max(FASTEST, { error: `is too fast: ${FASTEST} is the most` })
    .optional(),
}).superRefine((said, context) => {
  const { advance, set, rate } = said;
  const object = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', input: said, path, message });
  if (advance !== undefined && set !== undefined)
    object(['set'], 'contradicts advance: leave one of them out');
  if (advance === undefined && set === undefined && rate === undefined)
    object([], 'says nothing: give advance, set or rate');
});

const scope = z
  .string()
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, { error: 'is no scope: one word, without spaces' });

const account = strict({
  service: z.string(),
  tenant: id.max(24, { error: 'is too long: 24 characters are the most' }).optional(),
  scopes: z.array(scope).optional(),
  variant: z.string().optional(),
});

const act = strict({
  act: word(ACT_NAMES as [string, ...string[]]),
  scopes: z.array(scope).optional(),
}).superRefine((said, context) => {
  const narrows = said.act === 'narrow-scope';
  if (narrows === (said.scopes !== undefined)) return;
  const message = narrows ? 'is missing: name the scopes that remain' : 'has no meaning here: leave it out';
  context.addIssue({ code: 'custom', input: said.scopes ?? said, path: ['scopes'], message });
});

const match = strict({
  service: z.string().optional(),
  route: z.string().optional(),
  account: z.string().optional(),
  nth: whole(1).optional(),
});

const rule = { id: id.optional(), match: match.optional() };
const spent = { count: whole(1).optional(), untilMs: whole(0).optional() };
const when = word(['before-commit', 'after-commit']);

const answer = strict({
  status: whole(200, 599),
  headers: z
    .record(
      z.string().regex(/^(?!content-length$|transfer-encoding$)[!#$%&'*+.^_`|~0-9a-z-]+$/, {
        error: 'is no header that can be set: write it in lower case, and leave the length to hour4',
      }),
      z.string().regex(/^[\t\x20-\x7e]*$/, { error: 'is no header value: printable ASCII in one line' }),
    )
    .optional(),
  body: z.json().optional(),
}).transform(({ status, headers, body = '' }) => ({
  status,
  headers: { ...(typeof body === 'string' ? {} : { 'content-type': 'application/json' }), ...headers },
  body,
}));

/** What each deed of a fault needs. */
const DEEDS = {
  delay: { ms: whole(0, LONGEST_MS) },
  answer: { answer },
  drop: { when },
  reset: { when },
  stall: {},
  rewrite: { fields: z.record(z.string(), z.json()) },
  dns: {},
  tls: {},
} as const;
const deedNames = Object.keys(DEEDS) as [FaultDeed['do'], ...FaultDeed['do'][]];

const presetFault = strict({
  preset: word(Object.keys(PRESETS) as [PresetName, ...PresetName[]]),
  ...rule,
  ...spent,
});
const deedFault = (name: FaultDeed['do']) =>
  strict({ do: z.literal(name), ...DEEDS[name], ...rule, ...spent });

const gate = strict({
  ...rule,
  phase: when,
  arrive: whole(1).nullable().optional(),
  release: z
    .union([z.literal('all'), z.array(whole(0))], {
      error: 'is no order: write all, or places from 0, as in [1, 0]',
    })
    .optional(),
  giveUp: duration.optional(),
  giveUpMs: whole(0, LONGEST_MS).nullable().optional(),
}).superRefine((said, context) => {
  const complain = (field: string, message: string) =>
    context.addIssue({ code: 'custom', input: said, path: [field], message });
  if (said.giveUp !== undefined && said.giveUpMs !== undefined)
    complain('giveUpMs', 'contradicts giveUp: leave one of them out');
  const { release = 'all', arrive } = said;
  const problem = release === 'all' ? null : orderProblem(release, arrive ?? null);
  if (problem !== null) complain('release', problem);
});

/** Why places are no order of so many requests (null = of any number); null where they are one. */
export function orderProblem(places: readonly number[], count: number | null): string | null {
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) return `names place ${twice} twice: each request goes on once`;
  const beyond = count === null ? undefined : places.find((place) => place >= count);
  return beyond === undefined
    ? null
    : `there is no place ${beyond}: of ${count} the last is ${(count ?? 0) - 1}`;
}

const release = strict({ order: z.array(whole(0)).optional() });
const reset = strict({});

const BODIES = { clock, account, act, gate, release, reset } as const;

/**
 * Reads a body.
 * @throws Mistake with the field that is wrong
 */
export function readBody<Kind extends keyof typeof BODIES>(
  kind: Kind,
  text: string,
): z.output<(typeof BODIES)[Kind]> {
  return parse(BODIES[kind], asObject(text)) as z.output<(typeof BODIES)[Kind]>;
}

/** A fault as it is asked for: a named preset, or a deed. */
export interface FaultWish {
  readonly id: string | undefined;
  readonly match: z.output<typeof match> | undefined;
  readonly spent: { readonly count?: number; readonly untilMs?: number };
  readonly deed: { readonly preset: PresetName } | FaultDeed;
}

/**
 * Reads the body of a fault.
 * @throws Mistake with the field that is wrong
 */
export function readFault(text: string): FaultWish {
  const object = asObject(text);
  const schema = 'preset' in object ? presetFault : deedFault(parse(named, object).do);
  const { id, match, count, untilMs, ...deed } = parse(schema, object);
  const spent = { ...(count === undefined ? {} : { count }), ...(untilMs === undefined ? {} : { untilMs }) };
  return { id, match, spent, deed: deed as FaultWish['deed'] };
}

const named = z.looseObject({ do: word(deedNames) });

function asObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text === '' ? '{}' : text);
  } catch (error) {
    throw wrong(null, `the body is not JSON: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw wrong(null, 'the body must be a JSON object');
}

function parse<Schema extends z.ZodType>(schema: Schema, value: object): z.output<Schema> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const line = problemOf(parsed.error, 'the body');
  const field = line.slice(0, line.indexOf(': '));
  throw wrong(field === 'the body' ? null : field, line);
}
