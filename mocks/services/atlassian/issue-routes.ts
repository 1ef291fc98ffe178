// Jira's issues: search, create, read and edit; and the audit log, which wants a scope that few apps have.

import { cellsOf } from '../../cells.ts';
import { empty, isJsonObject, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { issueIdOf } from './ids.ts';
import { parseJql, select } from './jql.ts';
import { PROJECT } from './seed.ts';
import { jira, onSite } from './site.ts';

const PAGE_SIZE = 50;
const PAGE_SIZE_MOST = 5000;

const READS = { needsOneOf: ['read:jira-work'], effect: 'read' } as const;
const WRITES = { needsOneOf: ['write:jira-work'], effect: 'write' } as const;

/** The routes. */
export const ISSUE_ROUTES: readonly Route[] = [
  {
    id: 'jira.search',
    method: 'GET',
    path: jira('/search/jql'),
    ...READS,
    handle: onSite((call) => search(call, call.request.query)),
  },
  {
    id: 'jira.search.post',
    method: 'POST',
    path: jira('/search/jql'),
    ...READS,
    handle: onSite((call) => search(call, parseJsonObject(call.request.body) ?? {})),
  },
  { id: 'jira.issue.create', method: 'POST', path: jira('/issue'), ...WRITES, handle: onSite(create) },
  {
    id: 'jira.issue.read',
    method: 'GET',
    path: jira('/issue/{key}'),
    ...READS,
    handle: onSite((call) => withIssue(call, (issue) => ({ answer: json(200, shown(call, issue)) }))),
  },
  {
    id: 'jira.issue.edit',
    method: 'PUT',
    path: jira('/issue/{key}'),
    ...WRITES,
    handle: onSite((call) => withIssue(call, (issue) => edit(call, issue))),
  },
  {
    id: 'jira.audit',
    method: 'GET',
    path: jira('/auditing/record'),
    needsOneOf: ['manage:jira-configuration'],
    effect: 'read',
    handle: onSite(({ data }) => {
      const records = data('audit-records').list();
      return { answer: json(200, { offset: 0, limit: 1000, total: records.length, records }) };
    }),
  },
];

function search(call: Call, asked: Readonly<Record<string, unknown>>): Handled {
  const jql = parseJql(String(asked.jql ?? ''));
  if (jql === null) return { refused: 'unmodelled', detail: `JQL beyond equalities, AND and ORDER BY` };
  const size = Number(asked.maxResults ?? PAGE_SIZE);
  const from = Number(asked.nextPageToken ?? 0);
  if (!Number.isInteger(size) || size < 1 || size > PAGE_SIZE_MOST)
    return wrong('maxResults is out of range');
  if (!Number.isInteger(from) || from < 0) return wrong('The provided next page token is invalid.');
  const found = select(jql, call.data('issues').list());
  const end = from + size;
  const isLast = end >= found.length;
  return {
    answer: json(200, {
      issues: found.slice(from, end).map((issue) => shown(call, issue)),
      ...(isLast ? {} : { nextPageToken: String(end) }),
      isLast,
    }),
  };
}

function create(call: Call): Handled {
  const fields = parseJsonObject(call.request.body)?.fields;
  if (!isJsonObject(fields)) return wrong('fields must be an object');
  if (typeof fields.summary !== 'string' || fields.summary === '') {
    return { refused: 'bad-request', code: 'summary', detail: 'You must specify a summary of the issue.' };
  }
  if (isJsonObject(fields.project) && fields.project.key !== PROJECT) {
    return { refused: 'bad-request', code: 'project', detail: 'Specify a valid project ID or key' };
  }
  const issues = call.data('issues');
  const n = issues.nextNumber();
  const issue = {
    id: issueIdOf(n),
    key: `${PROJECT}-${n}`,
    fields: { status: { name: 'To Do' }, project: { key: PROJECT }, ...fields, ...stamps(call, 'created') },
  };
  issues.put(issue.id, issue);
  return {
    answer: json(201, { id: issue.id, key: issue.key, self: selfOf(call, issue.id) }),
    writes: [{ place: 'issues', cells: cellsOf(fields) }],
  };
}

function edit(call: Call, issue: JsonObject): Handled {
  const supplied = parseJsonObject(call.request.body)?.fields;
  if (!isJsonObject(supplied)) return wrong('fields must be an object');
  const before = isJsonObject(issue.fields) ? issue.fields : {};
  const fields = { ...before, ...supplied, ...stamps(call) };
  call.data('issues').put(String(issue.id), { ...issue, fields });
  return { answer: empty(204), writes: [{ place: `issues/${issue.key}`, cells: cellsOf(supplied) }] };
}

function withIssue(call: Call, handle: (issue: JsonObject) => Handled): Handled {
  const name = call.params.key ?? '';
  const issue = call
    .data('issues')
    .list()
    .find(({ id, key }) => id === name || key === name.toUpperCase());
  return issue === undefined ? { refused: 'not-found', code: 'issue' } : handle(issue);
}

// Jira writes an offset without a colon.
function stamps({ nowMs }: Call, ...more: readonly 'created'[]): JsonObject {
  const now = new Date(nowMs).toISOString().replace('Z', '+0000');
  return Object.fromEntries([...more, 'updated'].map((name) => [name, now]));
}

const shown = (call: Call, issue: JsonObject): JsonObject => ({
  ...issue,
  self: selfOf(call, String(issue.id)),
});

const selfOf = ({ origin, params }: Call, id: string) =>
  `${origin}/ex/jira/${params.cloudId}/rest/api/3/issue/${id}`;

const wrong = (detail: string): Handled => ({ refused: 'bad-request', detail });
