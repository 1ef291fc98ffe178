// What a tenant's notebook holds when nothing was seeded.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

const TITLES = ['Shopping', 'Night plan', 'Release checklist'] as const;

/** The id of a tenant's nth note; those of two tenants are apart. */
export const noteIdOf = (tenant: string, n: number): string =>
  `note-${seededRandomness(tenant).hex(8, 'mcp', 'note', n)}`;

/** The objects of a new tenant, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    notes: TITLES.map((title, index) => ({
      id: noteIdOf(tenant, index + 1),
      title,
      text: `${title} of ${tenant}.`,
    })),
  };
}
