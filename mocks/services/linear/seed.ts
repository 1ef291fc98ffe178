// What a tenant's workspace holds when nothing was seeded: one team with its states, a few issues, who works there.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

const DAY_MS = 86_400_000;
const FIRST_ISSUE_MS = Date.parse('2026-02-16T09:00:00.000Z');
const TITLES = [
  'Export stops after the first page',
  'Document the nightly sync',
  'Renew the certificate of the status page',
  'Search ignores accents',
  'Invoice numbers skip after a restart',
] as const;
const STATES = [
  { name: 'Backlog', type: 'backlog' },
  { name: 'Todo', type: 'unstarted' },
  { name: 'In Progress', type: 'started' },
  { name: 'Done', type: 'completed' },
] as const;

/** The id of the workspace. */
export const organizationIdOf = (tenant: string): string => idOf(tenant, 'organization');

/** The id of the user who connected the app. */
export const userIdOf = (tenant: string): string => idOf(tenant, 'user');

/** Who that user is. */
export const integrationUserOf = (tenant: string) => ({
  id: userIdOf(tenant),
  name: 'Integration User',
  displayName: 'integration',
  email: `integration@${tenant}.example`,
});

/** The id of the tenant's only team. */
export const teamIdOf = (tenant: string): string => idOf(tenant, 'team');

/** The id of the tenant's nth seeded issue, from 1. */
export const issueIdOf = (tenant: string, n: number): string => idOf(tenant, `issue-${n}`);

/** The objects of a new workspace, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const stateIds = STATES.map(({ name }) => idOf(tenant, name));
  return {
    teams: [{ id: teamIdOf(tenant), key: 'ENG', name: 'Engineering', ...stamps(0) }],
    states: STATES.map(({ name, type }, index) => ({
      id: stateIds[index] ?? '',
      name,
      type,
      position: index,
      teamId: teamIdOf(tenant),
      ...stamps(0),
    })),
    issues: TITLES.map((title, index) => ({
      id: issueIdOf(tenant, index + 1),
      number: index + 1,
      title,
      description: null,
      priority: index % 5,
      teamId: teamIdOf(tenant),
      stateId: stateIds[index % stateIds.length] ?? '',
      creatorId: userIdOf(tenant),
      assigneeId: index % 2 === 0 ? userIdOf(tenant) : null,
      ...stamps(index),
    })),
    users: [{ ...integrationUserOf(tenant), active: true, admin: false, ...stamps(0) }],
    comments: [],
    auditEntries: [{ id: idOf(tenant, 'audit-1'), type: 'oauthAuthorization', ...stamps(0) }],
  };
}

const idOf = (tenant: string, what: string) => seededRandomness(tenant).uuid('linear', what);

const stamps = (days: number) => {
  const at = new Date(FIRST_ISSUE_MS + days * DAY_MS).toISOString();
  return { createdAt: at, updatedAt: at };
};
