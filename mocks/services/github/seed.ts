// What an organisation holds when nothing was seeded: two private repositories with a few issues.

import type { JsonObject } from '../../http.ts';

const CREATED = '2026-01-05T09:00:00Z';

/** The repositories and issues of a new tenant. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const website = `${tenant}/website`;
  const backend = `${tenant}/backend`;
  return {
    repos: [
      { full_name: website, description: 'What customers see', created_at: CREATED },
      { full_name: backend, description: 'What they do not', created_at: CREATED },
    ],
    issues: [
      { repository: website, number: 1, title: 'The footer overlaps', state: 'open', created_at: CREATED },
      { repository: website, number: 2, title: 'Add a search', state: 'closed', created_at: CREATED },
      { repository: backend, number: 1, title: 'Nightly job is slow', state: 'open', created_at: CREATED },
    ],
  };
}
