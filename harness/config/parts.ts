// The small parts that config schemas are made of: strict objects, durations, ids.

import { z } from 'zod';
import { parseDuration } from '../duration.ts';
import { nearest } from './nearest.ts';

/** An object without other keys; an unknown key is told together with the one that was most likely meant. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys' ? nearest((keys as string[])[0] ?? '', Object.keys(shape)) : undefined,
  });

/** What a duration looks like. */
export const DURATION = 'a number with a unit (ms, s, m, h, d), or a sum such as 3h58m';

const NO_DURATION = { error: `is no duration: write ${DURATION}` };

/** A duration as text. */
export const duration = z
  .string(NO_DURATION)
  .refine((text) => parseDuration(text) !== null, NO_DURATION)
  .meta({ description: DURATION, pattern: '^([0-9]+(ms|s|m|h|d))+$' });

/** A duration longer than nothing. */
export const lifetime = duration.refine((text) => parseDuration(text) !== 0, {
  error: 'is no lifetime: write a duration longer than nothing',
});

/** The id of a service, an account, a scenario. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: 'is no id: write lower-case letters, digits and hyphens, 63 characters at most',
});

/** A whole number above 0. */
export const count = z.int().min(1);

/** Any JSON object. */
export const object = z.record(z.string(), z.json({ error: 'is no JSON value' }));
