// What a workspace holds when nothing was seeded: a project with three tasks.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

const CREATED = '2026-01-05T09:00:00.000Z';
const TASKS = ['Collect the numbers', 'Write the report', 'Send it'];

/** The gid of a tenant's nth object of a kind: sixteen digits, the same in every run. */
export function gidOf(what: string, tenant: string, n: number): string {
  const start = 1_200_000_000 + Math.floor(seededRandomness(tenant).uniform('asana', what) * 8e8);
  return String(start * 1_000_000 + n);
}

/** The objects of a new workspace, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const project = gidOf('project', tenant, 1);
  return {
    projects: [{ gid: project, name: 'Nightly report', created_at: CREATED }],
    tasks: TASKS.map((name, index) => ({
      gid: gidOf('task', tenant, index + 1),
      name,
      notes: '',
      completed: index === 0,
      projects: [project],
      created_at: CREATED,
      modified_at: CREATED,
    })),
    goals: [],
  };
}
