// What a config file may say: the one description from which types, checks and the published JSON Schema come.

import { z } from 'zod';
import { knobs, unmodelled } from './knobs.ts';
import { count, id, lifetime, object, strict } from './parts.ts';
import { ownScenario } from './scenario-schema.ts';
import { parseSize, SIZE_PATTERN } from './size.ts';

const NO_SIZE = { error: 'is no size: write a number above 0 with B, KiB, MiB or GiB, e.g. 10MiB' };

const bytes = z
  .string(NO_SIZE)
  .regex(SIZE_PATTERN, NO_SIZE)
  .refine((text) => parseSize(text) !== 0, NO_SIZE);

const collection = z.union(
  [z.string().meta({ description: 'A JSON file with an array of objects.' }), z.array(object)],
  { error: 'is no data: name a JSON file with an array of objects, or write the array here' },
);

const words = z.array(z.string());
const variable = z.string().regex(/^(?!HOUR4_)[A-Za-z_][A-Za-z0-9_]*$/, {
  error: 'is no name for a variable of your own: letters, digits and _, and HOUR4_* is set by hour4',
});

const eventNames = strict({
  type: z.string().min(1).optional().meta({ description: 'The field that says which event it is.' }),
  reauthRequired: z.string().min(1).optional().meta({ description: 'Your word for reauth_required.' }),
  reauthSucceeded: z.string().min(1).optional().meta({ description: 'Your word for reauth_succeeded.' }),
  account: z.string().min(1).optional().meta({ description: 'The field with the id of the account.' }),
  reason: z.string().min(1).optional().meta({ description: 'The field with the reason.' }),
  reauthUrl: z.string().min(1).optional().meta({ description: 'The field with the URL for a new consent.' }),
});

const subject = strict({
  name: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'What reports call it; by default the program or the module.' }),
  kind: z.enum(['agent', 'tool', 'broker']).meta({
    description:
      'agent: runs a job to its end. tool: a program that is started once per step. broker: holds credentials and answers calls.',
  }),
  run: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({ description: 'A program with its arguments; never a shell string.' }),
  module: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'An ES module with the agent, or createBroker, as its default export.' }),
  page: z.string().min(1).optional().meta({
    description:
      'agent: the URL of a page on this machine, in place of run and module; {{ port }} is a free port. run may then name the program that serves it, which finds that port in PORT.',
  }),
  tabs: z
    .int()
    .min(1)
    .max(8)
    .optional()
    .meta({ description: 'page: in how many tabs of one browser it is open; 1 by default.' }),
  cwd: z.string().optional().meta({ description: 'The working directory, from the config file.' }),
  env: z.record(variable, z.string()).optional().meta({
    description: 'Variables on top of HOUR4_*; {{ hubspot.api }} and the like are filled in at each start.',
  }),
  replicas: z
    .int()
    .min(1)
    .max(16)
    .optional()
    .meta({ description: 'How many processes of a broker run at once; 1 by default.' }),
  webhooks: z
    .string()
    .regex(/^\/\S*$/, { error: 'is no path: write one like /webhooks/{service}' })
    .optional()
    .meta({
      description:
        "broker: the path at which its replicas take the services' webhooks; {service} stands for the service's id.",
    }),
  events: eventNames.optional().meta({
    description: 'Own names of events and their fields, such as data.connected_account_id.',
  }),
  steps: strict({
    call: words.meta({ description: 'The arguments of a command that needs the credential.' }),
    more: z.array(words).optional().meta({ description: 'Further such commands.' }),
    denied: words
      .optional()
      .meta({ description: 'The arguments for the step where the server denies; those of call by default.' }),
    notFound: words.optional().meta({ description: 'The arguments that ask for what is not there.' }),
    rollback: words.optional().meta({ description: 'The arguments that undo what call did.' }),
  })
    .optional()
    .meta({ description: 'tool: what is appended to run at each step.' }),
  tokenEnv: variable
    .optional()
    .meta({ description: 'tool: the variable that carries the access token, besides HOUR4_*.' }),
  service: id
    .optional()
    .meta({ description: 'tool: the service whose credential it gets; by default the first one.' }),
  intercept: z.enum(['none', 'proxy', 'msw']).optional().meta({
    description:
      'How calls to the real hosts reach the mocks. proxy: by a proxy and a certificate, for programs of any language. msw: inside a Node process, without either. none (the default): only the URLs in HOUR4_* do.',
  }),
  time: z.enum(['auto', 'exact', 'compressed', 'real']).optional().meta({
    description:
      'exact: virtual time (Node programs and modules). compressed: anything, with every duration divided. real: nothing moves. auto: the best that holds.',
  }),
  timeFactor: z
    .int()
    .min(2)
    .max(3600)
    .optional()
    .meta({ description: 'compressed: by what durations are divided; 360 by default.' }),
});

/** The config file. */
export const configSchema = strict({
  $schema: z.string().optional().meta({ description: 'For editors; it changes nothing.' }),
  subject: subject.meta({ description: 'What is under test.' }),
  services: z
    .record(id, knobs.nullable())
    .optional()
    .meta({ description: 'The mock services and their knobs.' }),
  unmodelled,
  start: z.iso
    .datetime({ offset: true, error: 'is no instant: write one like 2026-03-02T22:00:00.000Z' })
    .optional()
    .meta({ description: 'The moment at which exact time starts; 2026-03-02T22:00:00.000Z by default.' }),
  scenarios: z
    .array(z.union([z.string(), ownScenario], { error: 'is no scenario: write an id, a glob, or an object' }))
    .optional()
    .meta({ description: 'Ids, globs, or scenarios of your own; all of the catalogue by default.' }),
  data: z.record(id, z.record(z.string(), collection)).optional().meta({
    description: 'Own fixtures: service, then collection, then a file or the objects themselves.',
  }),
  job: object
    .optional()
    .meta({ description: 'A job of your own, free of form; it goes into the world file.' }),
  limits: strict({
    realTime: lifetime.optional().meta({ description: 'Real time for one scenario; 120s by default.' }),
    stdout: bytes
      .optional()
      .meta({ description: 'What a subject may print to each stream; 10MiB by default.' }),
    body: bytes
      .optional()
      .meta({ description: 'The largest request body that is received; 10MiB by default.' }),
    connections: count
      .optional()
      .meta({ description: 'Connections that each service keeps open at once; 2000 by default.' }),
    processes: count
      .optional()
      .meta({ description: 'Processes that a subject may have at once; 256 by default.' }),
  })
    .optional()
    .meta({ description: 'What a subject may use up before it is ended.' }),
}).meta({ title: 'hour4 config' });

/** A config as it is written. */
export type ConfigInput = z.input<typeof configSchema>;
/** A subject's own names for events and their fields. */
export type EventNames = z.input<typeof eventNames>;
