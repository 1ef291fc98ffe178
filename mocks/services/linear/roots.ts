// What can be asked and changed at the root of Linear's schema, and the scope that each field needs.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import type { Call } from '../../service.ts';
import type { Collection } from '../../store.ts';
import { connectionOf, pageOf } from './connection.ts';
import type { ObjectType, Resolved, RootField } from './execute.ts';
import {
  AUDIT_ENTRY,
  COMMENT,
  ISSUE,
  identifierOf,
  ORGANIZATION,
  organizationOf,
  payloadOf,
  STATE,
  TEAM,
  USER,
} from './schema.ts';
import { userIdOf } from './seed.ts';

const READ = ['read'] as const;
const UPDATABLE = [
  'title',
  'description',
  'priority',
  'estimate',
  'dueDate',
  'stateId',
  'assigneeId',
] as const;

/** The fields of `Query`. */
export const QUERIES: Readonly<Record<string, RootField>> = {
  viewer: {
    type: () => USER,
    scopes: READ,
    resolve: (_args, { data, account }) => {
      const id = userIdOf(account.tenant);
      return { value: data('users').get(id) ?? { id } };
    },
  },
  organization: {
    type: () => ORGANIZATION,
    scopes: READ,
    resolve: (_args, call) => ({ value: organizationOf(call) }),
  },
  teams: listOf('teams', () => TEAM, READ),
  issues: listOf('issues', () => ISSUE, READ),
  users: listOf('users', () => USER, READ),
  workflowStates: listOf('states', () => STATE, READ),
  comments: listOf('comments', () => COMMENT, READ),
  auditEntries: listOf('auditEntries', () => AUDIT_ENTRY, ['admin']),
  team: one('teams', () => TEAM),
  issue: one('issues', () => ISSUE),
  user: one('users', () => USER),
  workflowState: one('states', () => STATE),
  comment: one('comments', () => COMMENT),
};

/** The fields of `Mutation`. */
export const MUTATIONS: Readonly<Record<string, RootField>> = {
  issueCreate: {
    type: () => payloadOf('IssuePayload', 'issue', () => ISSUE),
    scopes: ['write', 'issues:create'],
    resolve: ({ input }, call) => createIssue(input, call),
  },
  issueUpdate: {
    type: () => payloadOf('IssuePayload', 'issue', () => ISSUE),
    scopes: ['write'],
    resolve: ({ id, input }, call) => updateIssue(id, input, call),
  },
  commentCreate: {
    type: () => payloadOf('CommentPayload', 'comment', () => COMMENT),
    scopes: ['write', 'comments:create'],
    resolve: ({ input }, call) => createComment(input, call),
  },
};

function listOf(collection: string, type: () => ObjectType, scopes: RootField['scopes']): RootField {
  return {
    type: () => connectionOf(type),
    scopes,
    resolve: (args, { data }) => {
      const page = pageOf(data(collection).list(), args);
      if ('problem' in page) return invalid(page.problem);
      if ('unmodelled' in page)
        return { refused: 'unmodelled', detail: `${page.unmodelled} of "${collection}"` };
      return page;
    },
  };
}

function one(collection: string, type: () => ObjectType): RootField {
  return { type, scopes: READ, resolve: ({ id }, call) => found(collection, type().name, id, call) };
}

// An issue answers to its id and to its identifier. What another workspace holds is not there, in the same words.
function found(collection: string, type: string, id: Json | undefined, call: Call): Resolved {
  if (typeof id !== 'string') return invalid('Argument Validation Error: id must be a string');
  const objects = call.data(collection);
  const byName = (object: JsonObject) => collection === 'issues' && identifierOf(object, call) === id;
  const object = objects.get(id) ?? objects.list().find(byName);
  if (object !== undefined) return { value: object };
  return { refused: call.heldElsewhere(collection, id) ? 'other-tenant' : 'not-found', detail: type };
}

function createIssue(input: Json | undefined, call: Call): Resolved {
  if (!isJsonObject(input)) return invalid('Argument Validation Error: input is required');
  if (typeof input.title !== 'string' || input.title === '') {
    return invalid('Argument Validation Error: title should not be empty');
  }
  const team = found('teams', 'Team', input.teamId, call);
  if ('refused' in team) return team;
  const issues = call.data('issues');
  const id =
    typeof input.id === 'string'
      ? input.id
      : call.randomness.uuid('linear', 'issue', call.key, issues.nextNumber());
  if (issues.get(id) !== null) return invalid(`conflict on insert of Issue: ${id} exists`);
  const issue = {
    priority: 0,
    stateId: firstStateOf(team.value, call),
    ...input,
    id,
    number: nextNumber(issues),
    creatorId: userIdOf(call.account.tenant),
    ...stamps(call),
  };
  issues.put(id, issue);
  return done('issue', issue, 'issues', input);
}

function updateIssue(id: Json | undefined, input: Json | undefined, call: Call): Resolved {
  const old = found('issues', 'Issue', id, call);
  if ('refused' in old) return old;
  if (!isJsonObject(input)) return invalid('Argument Validation Error: input is required');
  const unknown = Object.keys(input).find((name) => !UPDATABLE.some((known) => known === name));
  if (unknown !== undefined) return { refused: 'unmodelled', detail: `IssueUpdateInput.${unknown}` };
  const issue = { ...old.value, ...input, updatedAt: stamps(call).updatedAt };
  const issueId = String(old.value.id);
  call.data('issues').put(issueId, issue);
  return done('issue', issue, `issues/${issueId}`, input);
}

function createComment(input: Json | undefined, call: Call): Resolved {
  if (!isJsonObject(input)) return invalid('Argument Validation Error: input is required');
  if (typeof input.body !== 'string') return invalid('Argument Validation Error: body must be a string');
  const issue = found('issues', 'Issue', input.issueId, call);
  if ('refused' in issue) return issue;
  const id = call.randomness.uuid('linear', 'comment', call.key, call.data('comments').nextNumber());
  const comment = {
    id,
    body: input.body,
    issueId: issue.value.id ?? null,
    userId: userIdOf(call.account.tenant),
    ...stamps(call),
  };
  call.data('comments').put(id, comment);
  return done('comment', comment, 'comments', input);
}

const done = (field: string, object: JsonObject, place: string, input: JsonObject): Resolved => ({
  value: { success: true, lastSyncId: 0, [field]: object },
  writes: [{ place, cells: cellsOf(input) }],
});

const invalid = (detail: string): Resolved => ({ refused: 'bad-request', detail });

const stamps = ({ nowMs }: Call) => {
  const at = new Date(nowMs).toISOString();
  return { createdAt: at, updatedAt: at };
};

function firstStateOf(team: JsonObject, { data }: Call): string | null {
  const state = data('states')
    .list()
    .find(({ teamId }) => teamId === team.id);
  return typeof state?.id === 'string' ? state.id : null;
}

// A seed may number its issues as it likes; the next one comes after the highest.
function nextNumber(issues: Collection): number {
  const numbers = issues.list().map((issue) => (typeof issue.number === 'number' ? issue.number : 0));
  return 1 + Math.max(0, ...numbers);
}
