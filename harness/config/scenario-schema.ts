// A scenario of one's own, as a config writes it: a timeline of acts, faults, gates and blows, by time or condition.

import { z } from 'zod';
import { ACT_NAMES } from '../../mocks/index.ts';
import { PRESETS, type PresetName } from '../world/presets.ts';
import { count, duration, id, lifetime, object, strict } from './parts.ts';
import { needs, world } from './world-schema.ts';

const name = z.string().min(1);

const match = strict({
  service: id.optional(),
  route: name.optional().meta({ description: "token, revoke, authorize, or a route's id." }),
  account: id.optional(),
  party: name.optional().meta({ description: 'Only exchanges of this party, e.g. broker-1.' }),
  nth: count.optional().meta({ description: 'Only the nth fitting exchange, from 1.' }),
}).meta({ description: 'Which exchanges it is for; what is not named fits everything.' });

const answer = strict({
  status: z.int().min(100).max(599),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.json().optional(),
});

const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

const fault = strict({
  id: name.optional().meta({ description: 'What the ledger calls it.' }),
  match: match.optional(),
  preset: z.enum(PRESET_NAMES).optional().meta({ description: 'A whole fault by its name.' }),
  do: z.enum(['delay', 'answer', 'drop', 'reset', 'stall', 'rewrite', 'dns', 'tls']).optional().meta({
    description: 'dns: the name is not found; tls: the certificate has expired; both need subject.intercept.',
  }),
  delay: duration.optional().meta({ description: 'do: delay; how much later the request arrives.' }),
  ms: z.int().min(0).optional().meta({ description: 'do: delay; in place of delay, in virtual ms.' }),
  answer: answer.optional().meta({ description: "do: answer; what is said in the service's place." }),
  when: z
    .enum(['before-commit', 'after-commit'])
    .optional()
    .meta({ description: 'do: drop or reset; before or after the server has acted.' }),
  fields: object.optional().meta({ description: 'do: rewrite; fields of the answer, null removes one.' }),
  count: count.optional().meta({ description: 'How many exchanges it meets; all by default.' }),
  until: duration.optional().meta({ description: 'The moment at which it ends; never by default.' }),
  untilMs: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'In place of until, in virtual ms since the start.' }),
}).superRefine((said, context) => {
  const complain = (path: string, message: string) =>
    context.addIssue({ code: 'custom', input: said, path: [path], message });
  if ((said.preset === undefined) === (said.do === undefined))
    complain('do', 'says nothing, or the same as preset: give either preset or do');
  const needs = {
    delay: 'delay',
    answer: 'answer',
    drop: 'when',
    reset: 'when',
    rewrite: 'fields',
    stall: null,
    dns: null,
    tls: null,
  };
  const needed = said.do === undefined ? null : (needs[said.do] as keyof typeof said | null);
  for (const [text, number] of [
    ['delay', 'ms'],
    ['until', 'untilMs'],
  ] as const)
    if (said[text] !== undefined && said[number] !== undefined)
      complain(number, `contradicts ${text}: leave one of them out`);
  const isGiven =
    needed === null || said[needed] !== undefined || (needed === 'delay' && said.ms !== undefined);
  if (!isGiven) complain(needed, `is needed by do: ${said.do}`);
  if (said.do !== 'dns' && said.do !== 'tls') return;
  for (const field of ['route', 'account'] as const)
    if (said.match?.[field] !== undefined)
      context.addIssue({
        code: 'custom',
        input: said,
        path: ['match', field],
        message: `is not known of a connection, which do: ${said.do} is for: leave it out`,
      });
});

const gate = strict({
  id: name.optional().meta({ description: 'What the ledger calls it.' }),
  match,
  phase: z.enum(['before-commit', 'after-commit']).meta({
    description: 'before-commit: before the server has acted; after-commit: before its answer arrives.',
  }),
  arrive: count.meta({ description: 'How many exchanges it waits for.' }),
  release: z
    .union([z.literal('all'), z.array(z.int().min(0))], {
      error: 'is no order: write all, or places as in [1, 0]',
    })
    .optional()
    .meta({ description: 'all: as they came, the default. Else places in the order of arrival, from 0.' }),
  giveUp: lifetime.optional().meta({ description: 'How long it waits at most; 30s by default.' }),
  giveUpMs: z.int().min(1).optional().meta({ description: 'In place of giveUp, in virtual ms.' }),
}).superRefine((said, context) => {
  if (said.giveUp !== undefined && said.giveUpMs !== undefined)
    context.addIssue({
      code: 'custom',
      input: said,
      path: ['giveUpMs'],
      message: 'contradicts giveUp: leave one of them out',
    });
});

const blow = strict({
  do: z.enum(['kill', 'pause', 'resume', 'restart', 'add-replica']).optional(),
  party: name.optional().meta({ description: 'Whom do is done to, e.g. agent or broker-1.' }),
  store: z.enum(['read-only', 'full', 'torn', 'writable', 'snapshot', 'restore']).optional(),
}).superRefine((said, context) => {
  const isProcess = said.do !== undefined && said.party !== undefined && said.store === undefined;
  const isStore = said.do === undefined && said.party === undefined && said.store !== undefined;
  if (!isProcess && !isStore)
    context.addIssue({
      code: 'custom',
      input: said,
      path: [],
      message: 'is no blow: give do and party, or store',
    });
});

const condition = strict({
  entry: name.meta({ description: 'The kind of a ledger entry, e.g. token.rotated.' }),
  match: object.optional().meta({ description: 'Fields that the entry must have.' }),
  nth: count.optional(),
  after: duration.optional().meta({ description: 'How long after it; at once by default.' }),
});

const DEEDS = ['act', 'fault', 'gate', 'blow', 'skew', 'forge'] as const;

const step = strict({
  at: duration.optional().meta({ description: 'The moment, counted from the start.' }),
  when: condition.optional().meta({ description: 'What must have happened, in place of a moment.' }),
  act: z.enum(ACT_NAMES as [string, ...string[]]).optional(),
  account: id.optional().meta({ description: 'Whose grant the act is about, e.g. acme-salesforce.' }),
  scopes: z.array(name).optional().meta({ description: 'act: narrow-scope; what remains.' }),
  fault: fault.optional(),
  gate: gate.optional(),
  blow: blow.optional(),
  forge: z
    .enum(ACT_NAMES as [string, ...string[]])
    .optional()
    .meta({
      description: "The act of which somebody sends the service's webhook with a wrong signature.",
    }),
  skew: z.int().optional().meta({ description: 'So many ms is the wall clock of party ahead of the world.' }),
  party: name.optional().meta({ description: 'Whose clock skew moves.' }),
}).superRefine((said, context) => {
  const complain = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', input: said, path, message });
  if ((said.at === undefined) === (said.when === undefined))
    complain(['at'], 'is missing, or there is a when as well: give either at or when');
  const deeds = DEEDS.filter((deed) => said[deed] !== undefined);
  if (deeds.length !== 1) complain([], `must do one thing: give one of ${DEEDS.join(', ')}`);
  if (said.act !== undefined && said.account === undefined) complain(['account'], 'is needed by act');
  if (said.forge !== undefined && said.account === undefined) complain(['account'], 'is needed by forge');
  if (said.act === 'narrow-scope' && said.scopes === undefined)
    complain(['scopes'], 'is needed by narrow-scope');
  if (said.skew !== undefined && said.party === undefined) complain(['party'], 'is needed by skew');
});

/** A scenario of one's own. */
export const ownScenario = strict({
  id: id.meta({ description: 'An id that no scenario of the catalogue has.' }),
  title: name.optional(),
  why: name.optional(),
  until: lifetime.meta({ description: 'How long the job lasts, e.g. 6h.' }),
  needs: needs.optional(),
  world: world.optional().meta({ description: 'What is different in its world; nothing by default.' }),
  timeline: z.array(step).optional().meta({ description: 'What happens; nothing by default.' }),
  checks: z.array(name).optional().meta({
    description: 'Ids of the checks that judge it; all that judge this kind of subject by default.',
  }),
});

/** A scenario as it is written. */
export type OwnScenario = z.input<typeof ownScenario>;
