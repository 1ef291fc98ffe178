// What an organisation finds when nothing was seeded: the models, and one batch of the day before.

import type { JsonObject } from '../../http.ts';
import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

const BATCH_MS = Date.parse('2026-03-01T22:00:00.000Z');
const MODELS = [
  { id: 'claude-opus-4-1-20250805', name: 'Claude Opus 4.1', since: '2025-08-05T00:00:00Z' },
  { id: 'claude-sonnet-4-5-20250929', name: 'Claude Sonnet 4.5', since: '2025-09-29T00:00:00Z' },
  { id: 'claude-haiku-4-5-20251001', name: 'Claude Haiku 4.5', since: '2025-10-01T00:00:00Z' },
] as const;

/** The id of an organisation. */
export const organizationIdOf = once((tenant: string): string =>
  seededRandomness(tenant).uuid('anthropic', 'org'),
);

/** The id of the person behind an account. */
export const accountIdOf = once(({ tenant, id }: AccountIdentity): string =>
  seededRandomness(tenant).uuid('anthropic', 'account', id),
);

/** The address of the person behind an account. */
export const emailOf = ({ tenant, id }: AccountIdentity): string => `${id}@${tenant}.example`;

/** The id of the batch that an organisation starts with. */
export const batchIdOf = (tenant: string): string =>
  `msgbatch_01${seededRandomness(tenant).chars(22, 'anthropic', 'batch')}`;

/** The objects of a new organisation, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    models: MODELS.map(({ id, name, since }) => ({
      type: 'model',
      id,
      display_name: name,
      created_at: since,
    })),
    batches: [
      {
        id: batchIdOf(tenant),
        createdAtMs: BATCH_MS,
        requests: [
          {
            custom_id: 'summary-1',
            params: {
              model: 'claude-haiku-4-5-20251001',
              max_tokens: 64,
              messages: [{ role: 'user', content: 'Summarise the deals of this week.' }],
            },
          },
        ],
      },
    ],
  };
}
