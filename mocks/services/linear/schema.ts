// The part of Linear's schema that is modelled: who asks, teams and their states, issues and their comments.

import type { Json, JsonObject } from '../../http.ts';
import type { Call } from '../../service.ts';
import { connectionOf } from './connection.ts';
import { absent, type FieldDef, type ObjectType, plain } from './execute.ts';
import { ABSENT, PLAIN } from './sdk-fields.ts';
import { organizationIdOf, userIdOf } from './seed.ts';

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
  fields: {
    ...STAMPS,
    ...plain(...PLAIN.Organization),
    ...absent(null, ...ABSENT.Organization.objects),
    ...absent([], ...ABSENT.Organization.lists),
  },
};

export const USER: ObjectType = {
  name: 'User',
  fields: {
    ...STAMPS,
    ...plain(...PLAIN.User),
    isMe: { resolve: ({ id }, _args, { account }) => id === userIdOf(account.tenant) },
    organization: { type: () => ORGANIZATION, resolve: (_source, _args, call) => organizationOf(call) },
  },
};

export const STATE: ObjectType = {
  name: 'WorkflowState',
  fields: {
    ...STAMPS,
    ...plain('name', 'type', 'position', 'color', 'description'),
    ...absent(null, 'inheritedFrom'),
    team: pointer('teams', 'teamId', () => TEAM),
  },
};

export const TEAM: ObjectType = {
  name: 'Team',
  fields: {
    ...STAMPS,
    ...plain(...PLAIN.Team),
    ...absent(null, ...ABSENT.Team.objects),
    issueCount: {
      resolve: ({ id }, _args, { data }) =>
        data('issues')
          .list()
          .filter(({ teamId }) => teamId === id).length,
    },
    states: children('states', 'teamId', () => STATE),
    issues: children('issues', 'teamId', () => ISSUE),
  },
};

const SHARED_ACCESS: ObjectType = {
  name: 'IssueSharedAccess',
  fields: {
    ...plain('isShared', 'sharedWithCount', 'viewerHasOnlySharedAccess', 'disallowedIssueFields'),
    sharedWithUsers: { type: () => USER, resolve: () => [] },
  },
};

export const ISSUE: ObjectType = {
  name: 'Issue',
  fields: {
    ...STAMPS,
    ...plain(...PLAIN.Issue),
    ...absent(null, ...ABSENT.Issue.objects),
    ...absent([], ...ABSENT.Issue.lists),
    labelIds: { resolve: () => [] },
    previousIdentifiers: { resolve: () => [] },
    identifier: { resolve: (source, _args, call) => identifierOf(source, call) },
    url: {
      resolve: (source, _args, call) =>
        `https://linear.app/${call.account.tenant}/issue/${identifierOf(source, call)}`,
    },
    sharedAccess: { type: () => SHARED_ACCESS, resolve: () => NOT_SHARED },
    team: pointer('teams', 'teamId', () => TEAM),
    state: pointer('states', 'stateId', () => STATE),
    creator: pointer('users', 'creatorId', () => USER),
    assignee: pointer('users', 'assigneeId', () => USER),
    comments: children('comments', 'issueId', () => COMMENT),
  },
};

const NOT_SHARED: JsonObject = {
  isShared: false,
  sharedWithCount: 0,
  viewerHasOnlySharedAccess: false,
  disallowedIssueFields: [],
};

export const COMMENT: ObjectType = {
  name: 'Comment',
  fields: {
    ...STAMPS,
    ...plain(...PLAIN.Comment),
    ...absent(null, ...ABSENT.Comment.objects),
    ...absent([], ...ABSENT.Comment.lists),
    issue: pointer('issues', 'issueId', () => ISSUE),
    user: pointer('users', 'userId', () => USER),
  },
};

export const AUDIT_ENTRY: ObjectType = {
  name: 'AuditEntry',
  fields: {
    ...STAMPS,
    ...plain('type', 'ip', 'countryCode', 'metadata', 'requestInformation', 'actorId'),
    ...absent(null, 'actor'),
  },
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
