// What a config file may say: the one description from which types, checks and the published JSON Schema come.

import { z } from 'zod';
import { parseDuration } from '../duration.ts';

const DURATION = 'a number with a unit (ms, s, m, h, d), or a sum such as 3h58m';

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, { error: `is no duration: write ${DURATION}` })
  .meta({ description: DURATION, pattern: '^([0-9]+(ms|s|m|h|d))+$' });

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: 'is no id: write lower-case letters, digits and hyphens, 63 characters at most',
});

const bytes = z
  .string()
  .regex(/^[0-9]+(B|KiB|MiB)$/, { error: 'is no size: write a number with B, KiB or MiB, e.g. 10MiB' });

const count = z.number().int().positive();
const object = z.record(z.string(), z.json());

const knobs = z.strictObject({
  base: id
    .optional()
    .meta({ description: 'Declares a service of your own on the model of this one, e.g. plain.' }),
  variant: id
    .optional()
    .meta({ description: 'A named deviation from the service; `hour4 list services` names them.' }),
  accessTtl: z
    .union([z.literal('never'), duration])
    .optional()
    .meta({ description: 'How long an access token lives.' }),
  sessionTimeout: duration
    .optional()
    .meta({ description: 'How long a session lives that activity extends.' }),
  refreshTtl: duration.optional().meta({ description: 'How long a refresh token lives from its issue.' }),
  refreshCap: duration
    .optional()
    .meta({ description: 'How long refresh tokens live from the consent on, all together.' }),
  refreshIdle: duration.optional().meta({ description: 'How long a refresh token may be unused.' }),
  rotation: z
    .enum(['none', 'every-use'])
    .optional()
    .meta({ description: 'Whether using a refresh token replaces it.' }),
  grace: duration.optional().meta({ description: 'How long a replaced refresh token is still honoured.' }),
  reuse: z
    .enum(['refused', 'newest-revoked', 'family-revoked'])
    .optional()
    .meta({ description: 'What the return of a replaced refresh token does to the family.' }),
  oldAccess: z
    .enum(['lives-on', 'dies'])
    .optional()
    .meta({ description: 'What a refresh does to the access tokens issued before.' }),
  grantsPerAccount: count
    .optional()
    .meta({ description: 'Live grants per account and client; one more evicts the oldest.' }),
  scopes: z
    .array(z.string().min(1))
    .optional()
    .meta({ description: 'What accounts of this service are granted.' }),
});

const collection = z.union([
  z.string().meta({ description: 'A JSON file with an array of objects.' }),
  z.array(object),
]);

const subject = z.strictObject({
  name: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'What reports call it; by default the program or the module.' }),
  kind: z.enum(['agent']).meta({ description: 'agent: runs a job to its end.' }),
  run: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({ description: 'A program with its arguments; never a shell string.' }),
  module: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'An ES module with the agent as its default export.' }),
  cwd: z.string().optional().meta({ description: 'The working directory, from the config file.' }),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'is no name for a variable' }), z.string())
    .optional()
    .meta({
      description: 'Variables on top of HOUR4_*; {{ hubspot.api }} and the like are filled in at each start.',
    }),
  time: z.enum(['auto', 'exact', 'real']).optional().meta({
    description:
      'exact: virtual time (Node programs and modules). real: nothing moves. auto: the best there is.',
  }),
});

/** The config file. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    subject,
    services: z
      .record(id, z.union([z.null(), knobs]))
      .optional()
      .meta({ description: 'The mock services and their knobs.' }),
    scenarios: z.array(z.string()).optional().meta({ description: 'Ids or globs; all of them by default.' }),
    data: z.record(id, z.record(z.string(), collection)).optional().meta({
      description: 'Own fixtures: service, then collection, then a file or the objects themselves.',
    }),
    job: object
      .optional()
      .meta({ description: 'A job of your own, free of form; it goes into the world file.' }),
    limits: z
      .strictObject({
        realTime: duration.optional().meta({ description: 'Real time for one scenario; 120s by default.' }),
        stdout: bytes
          .optional()
          .meta({ description: 'What a subject may print to each stream; 10MiB by default.' }),
        body: bytes
          .optional()
          .meta({ description: 'The largest request body that is received; 10MiB by default.' }),
      })
      .optional(),
  })
  .meta({ title: 'hour4 config' });

/** A config as it is written. */
export type ConfigInput = z.input<typeof configSchema>;
/** The knobs of one service as they are written. */
export type ServiceKnobs = z.input<typeof knobs>;
