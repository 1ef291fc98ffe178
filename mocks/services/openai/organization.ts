// A tenant's organization and project: their ids, and what the project holds when nothing was seeded.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

const CREATED_S = Date.parse('2026-01-05T09:00:00.000Z') / 1000;
const MODELS = ['gpt-4.1', 'gpt-4.1-mini', 'o4-mini', 'text-embedding-3-small'] as const;

export const organizationIdOf = (tenant: string): string => `org-${draw(tenant, 'org')}`;
export const projectIdOf = (tenant: string): string => `proj_${draw(tenant, 'project')}`;

/** The id of the vector store that a project starts with. */
export const vectorStoreIdOf = (tenant: string): string => `vs_${draw(tenant, 'vector store')}`;

/** The objects of a new project, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    models: MODELS.map((id) => ({ id, object: 'model', created: CREATED_S, owned_by: 'system' })),
    vector_stores: [
      {
        id: vectorStoreIdOf(tenant),
        object: 'vector_store',
        created_at: CREATED_S,
        name: 'handbook',
        status: 'completed',
        metadata: {},
      },
    ],
    projects: [
      {
        id: projectIdOf(tenant),
        object: 'organization.project',
        created_at: CREATED_S,
        name: 'Default project',
        status: 'active',
      },
    ],
  };
}

const draw = (tenant: string, what: string) => seededRandomness(tenant).chars(24, 'openai', what);
