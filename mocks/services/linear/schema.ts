// The part of Linear's schema that is modelled: who asks, teams and their states, issues and their comments.

import type { Json, JsonObject } from '../../http.ts';
import type { Call } from '../../service.ts';
import { connectionOf } from './connection.ts';
import { type FieldDef, type ObjectType, plain } from './execute.ts';
import { organizationIdOf } from './seed.ts';

const STAMPS = plain('id', 'createdAt', 'updatedAt', 'archivedAt');

/** A field that points to another object by the id that this one holds. */
const pointer = (collection: string, idField: string, type: () => ObjectType): FieldDef => ({
  type,
  resolve: (source, _args, { data }) => {
    const id = source[idField];
    return typeof id === 'string' ? data(collection).get(id) : null;
  },
});

/** A field that lists the objects that point to this one; small lists, always one page. */
const children = (collection: string, idField: string, type: () => ObjectType): FieldDef => ({
  type: () => connectionOf(type),
  resolve: (source, _args, { data }) => {
    const nodes = data(collection)
      .list()
      .filter((object) => object[idField] === source.id);
    const [first, last] = [nodes[0]?.id ?? null, nodes.at(-1)?.id ?? null];
    return {
      nodes,
      pageInfo: { hasPreviousPage: false, hasNextPage: false, startCursor: first, endCursor: last },
    };
  },
});

export const ORGANIZATION: ObjectType = {
  name: 'Organization',
  fields: plain('id', 'name', 'urlKey'),
};

export const USER: ObjectType = {
  name: 'User',
  fields: {
    ...STAMPS,
    ...plain('name', 'displayName', 'email', 'active', 'admin', 'guest', 'avatarUrl', 'timezone'),
    organization: { type: () => ORGANIZATION, resolve: (_source, _args, call) => organizationOf(call) },
  },
};

const STATE: ObjectType = {
  name: 'WorkflowState',
  fields: {
    ...STAMPS,
    ...plain('name', 'type', 'position', 'color'),
    team: pointer('teams', 'teamId', () => TEAM),
  },
};

export const TEAM: ObjectType = {
  name: 'Team',
  fields: {
    ...STAMPS,
    ...plain('key', 'name', 'description'),
    states: children('states', 'teamId', () => STATE),
    issues: children('issues', 'teamId', () => ISSUE),
  },
};

export const ISSUE: ObjectType = {
  name: 'Issue',
  fields: {
    ...STAMPS,
    ...plain(
      'number',
      'title',
      'description',
      'priority',
      'estimate',
      'dueDate',
      'completedAt',
      'canceledAt',
    ),
    identifier: { resolve: (source, _args, call) => identifierOf(source, call) },
    url: {
      resolve: (source, _args, call) =>
        `https://linear.app/${call.account.tenant}/issue/${identifierOf(source, call)}`,
    },
    team: pointer('teams', 'teamId', () => TEAM),
    state: pointer('states', 'stateId', () => STATE),
    creator: pointer('users', 'creatorId', () => USER),
    assignee: pointer('users', 'assigneeId', () => USER),
    comments: children('comments', 'issueId', () => COMMENT),
  },
};

export const COMMENT: ObjectType = {
  name: 'Comment',
  fields: {
    ...STAMPS,
    ...plain('body', 'editedAt'),
    issue: pointer('issues', 'issueId', () => ISSUE),
    user: pointer('users', 'userId', () => USER),
  },
};

export const AUDIT_ENTRY: ObjectType = {
  name: 'AuditEntry',
  fields: { ...STAMPS, ...plain('type', 'ip', 'countryCode') },
};

/** What a mutation answers with: whether it went well, and the object. */
export const payloadOf = (name: string, field: string, type: () => ObjectType): ObjectType => ({
  name,
  fields: {
    ...plain('success', 'lastSyncId'),
    [field]: { type, resolve: (source) => source[field] ?? null },
  },
});

/** The workspace of the account that calls. */
export const organizationOf = ({ account }: Call): JsonObject => ({
  id: organizationIdOf(account.tenant),
  name: account.tenant,
  urlKey: account.tenant,
});

/** The name by which people know an issue, such as ENG-12. */
export function identifierOf(issue: JsonObject, { data }: Call): string {
  const team = typeof issue.teamId === 'string' ? data('teams').get(issue.teamId) : null;
  return `${text(team?.key) ?? 'ENG'}-${text(issue.number) ?? ''}`;
}

const text = (value: Json | undefined) => (value === undefined || value === null ? null : String(value));
