// What a site holds when nothing was seeded: itself, one project and two issues.

import type { JsonObject } from '../../http.ts';
import { cloudIdOf, issueIdOf } from './ids.ts';

/** The key of the only project. */
export const PROJECT = 'OPS';

const SUMMARIES = ['Rotate the signing keys', 'Nightly export is late'];

/** The collections of a new site. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    sites: [
      {
        id: cloudIdOf(tenant),
        name: tenant,
        url: `https://${tenant}.atlassian.net`,
        avatarUrl: 'https://site-admin-avatar-cdn.prod.public.atl-paas.net/avatars/240/site.png',
      },
    ],
    issues: SUMMARIES.map((summary, index) => ({
      id: issueIdOf(index + 1),
      key: `${PROJECT}-${index + 1}`,
      fields: {
        summary,
        status: { name: 'To Do' },
        issuetype: { name: 'Task' },
        project: { key: PROJECT },
        created: `2026-01-0${index + 5}T09:00:00.000+0000`,
        updated: `2026-01-0${index + 5}T09:00:00.000+0000`,
      },
    })),
    'audit-records': [
      {
        id: 1,
        summary: 'Project created',
        created: '2026-01-05T09:00:00.000+0000',
        category: 'projects',
      },
    ],
  };
}
