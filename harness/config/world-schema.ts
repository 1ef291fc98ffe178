// The world of a scenario of one's own, as a config writes it: its services, who connects, and what a broker is asked.

import { z } from 'zod';
import { knobs } from './knobs.ts';
import { count, duration, id, lifetime, strict } from './parts.ts';

const name = z.string().min(1);
const replicas = count.max(16);

/** What a scenario cannot be told without. */
export const needs = strict({
  kinds: z
    .array(z.enum(['agent', 'tool', 'broker']))
    .min(1)
    .optional()
    .meta({ description: 'The kinds of subject it is for; the one of this config by default.' }),
  services: z.array(id).optional().meta({ description: 'agent, tool: services that must be there.' }),
  replicas: replicas.optional().meta({ description: 'broker: how many replicas must run; 1 by default.' }),
}).meta({ description: 'Without these it is not told, and counts for nothing.' });

const cohort = strict({
  service: id,
  count: count.optional().meta({ description: 'How many accounts; 1 by default.' }),
  tenants: count.optional().meta({ description: 'How many tenants own them, in turn; 1, acme, by default.' }),
  within: duration
    .optional()
    .meta({ description: 'Their consents come within this time from the start on; at once by default.' }),
  owner: z.literal('personal').optional().meta({ description: "A person's own; a service's by default." }),
  scopes: z
    .array(name)
    .optional()
    .meta({ description: 'What they grant; by default what the service grants unasked.' }),
});

const calls = strict({
  to: z
    .union([strict({ service: id }), strict({ account: id })], {
      error: 'is nobody: write { service: crm } or { account: acme-crm }',
    })
    .meta({ description: 'All accounts at a service, or one account.' }),
  from: duration.optional().meta({ description: 'The moment of the first one; 0s by default.' }),
  every: lifetime
    .optional()
    .meta({ description: 'How far apart those to one account come; absent: there is one.' }),
  until: lifetime.optional().meta({ description: 'From here on none comes; the end by default.' }),
  spread: duration
    .optional()
    .meta({ description: "By how much at most an account's calls are put off, drawn from the seed." }),
  together: count.optional().meta({ description: 'How many are sent at one moment; 1 by default.' }),
  replicas: z
    .enum(['drawn', 'in-turn'])
    .optional()
    .meta({ description: 'Whether each goes to a replica that is drawn, the default, or to all in turn.' }),
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional().meta({ description: 'GET by default.' }),
  path: z
    .string()
    .regex(/^\/\S*$/, { error: 'is no path: write one such as /v1/items?call={call}' })
    .meta({ description: '{call} stands for the id of the call.' }),
  body: z.json().optional().meta({ description: '{call} likewise.' }),
});

/** What is different in the world of one scenario. */
export const world = strict({
  services: z.record(id, knobs.nullable()).optional().meta({
    description: 'Knobs on top of those of the config. broker: the services there are, in place of them.',
  }),
  nothingExpires: z.boolean().optional().meta({ description: 'Whether no token ever expires.' }),
  reauthorizes: z.boolean().optional().meta({
    description: 'agent, broker: whether hour4 gives the new consent that is asked for.',
  }),
  cohorts: z.array(cohort).min(1).optional().meta({
    description: 'broker: the accounts that are connected; one at each service by default.',
  }),
  calls: z.array(calls).min(1).optional().meta({ description: 'broker: what it is asked to do.' }),
  latency: z
    .literal('none')
    .optional()
    .meta({ description: 'broker: exchanges take no time, for large cohorts.' }),
});
