// Issues of a repository: list, open, read and change.

import { cellsOf } from '../../cells.ts';
import { type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { issueIdOf, ownerIdOf } from './ids.ts';
import { type Kind, neededBy } from './permissions.ts';
import { withRepository } from './repositories.ts';

const ISSUES = '/repos/{owner}/{repo}/issues';
const READS = { permission: 'issues:read', scopes: ['repo'] };
const WRITES = { permission: 'issues:write', scopes: ['repo'] };

/** What makes content may be asked for so often in a minute; then GitHub wants to be left alone for one. */
export const WRITES_A_MINUTE = 80;
/** The policy's bucket of it. */
export const CONTENT_BUCKET = { capacity: WRITES_A_MINUTE, refillPerSecond: WRITES_A_MINUTE / 60 };

/** The routes of issues, for one kind of token. */
export function issueRoutes(kind: Kind): readonly Route[] {
  const reads = { method: 'GET', needsOneOf: neededBy(kind, READS), effect: 'read' } as const;
  const writes = { needsOneOf: neededBy(kind, WRITES), effect: 'write' } as const;
  const one = `${ISSUES}/{number}`;
  return [
    { id: 'issues.list', path: ISSUES, ...reads, handle: (call) => withRepository(call, list) },
    { id: 'issues.read', path: one, ...reads, handle: (call) => withIssue(call, read) },
    {
      id: 'issues.create',
      method: 'POST',
      path: ISSUES,
      ...writes,
      handle: sparing((call) => withRepository(call, create)),
    },
    {
      id: 'issues.change',
      method: 'PATCH',
      path: one,
      ...writes,
      handle: sparing((call) => withIssue(call, change)),
    },
  ];
}

const sparing =
  (handle: Route['handle']): Route['handle'] =>
  (call) =>
    call.spend('content', 1).isPaid ? handle(call) : { refused: 'rate-limited', code: 'secondary' };

function list(call: Call, { full_name }: JsonObject): Handled {
  const state = call.request.query.state ?? 'open';
  const found = issuesOf(call, String(full_name))
    .filter((issue) => state === 'all' || issue.state === state)
    .toReversed();
  return {
    answer: json(
      200,
      found.map((issue) => shown(call, issue)),
    ),
  };
}

const read = (call: Call, issue: JsonObject): Handled => ({ answer: json(200, shown(call, issue)) });

function create(call: Call, { full_name }: JsonObject): Handled {
  const body = parseJsonObject(call.request.body);
  if (body === null) return { refused: 'bad-request' };
  if (typeof body.title !== 'string' || body.title === '') return { refused: 'bad-request', code: 'title' };
  const repository = String(full_name);
  const now = secondsOf(call.nowMs);
  const issue: JsonObject = {
    id: issueIdOf(repository, nextNumber(call, repository)),
    repository,
    number: nextNumber(call, repository),
    title: body.title,
    body: body.body ?? null,
    state: 'open',
    opener: call.account.id,
    created_at: now,
    updated_at: now,
  };
  call.data('issues').put(String(issue.id), issue);
  return {
    answer: json(201, shown(call, issue), { location: String(shown(call, issue).url) }),
    writes: [{ place: `repos/${repository}/issues`, cells: cellsOf(body) }],
  };
}

function change(call: Call, issue: JsonObject): Handled {
  const body = parseJsonObject(call.request.body);
  if (body === null) return { refused: 'bad-request' };
  const { title = issue.title, body: text = issue.body ?? null, state = issue.state } = body;
  if (state !== 'open' && state !== 'closed') return { refused: 'bad-request', code: 'state' };
  const changed = { ...issue, title: title ?? null, body: text, state, updated_at: secondsOf(call.nowMs) };
  call.data('issues').put(String(issue.id), changed);
  return {
    answer: json(200, shown(call, changed)),
    writes: [{ place: `repos/${issue.repository}/issues/${issue.number}`, cells: cellsOf(body) }],
  };
}

function withIssue(call: Call, handle: (call: Call, issue: JsonObject) => Handled): Handled {
  return withRepository(call, (_call, { full_name }) => {
    const number = Number(call.params.number);
    const issue = issuesOf(call, String(full_name)).find((candidate) => candidate.number === number);
    return issue === undefined ? { refused: 'not-found' } : handle(call, issue);
  });
}

const issuesOf = ({ data }: Call, repository: string) =>
  data('issues')
    .list()
    .filter((issue) => issue.repository === repository);

const nextNumber = (call: Call, repository: string) =>
  Math.max(0, ...issuesOf(call, repository).map(({ number }) => Number(number))) + 1;

function shown({ origin, account }: Call, issue: JsonObject): JsonObject {
  const { repository, number, title, state, body, opener, created_at, updated_at } = issue;
  const login = typeof opener === 'string' ? opener : account.tenant;
  return {
    id: issueIdOf(String(repository), Number(number)),
    number: number ?? null,
    title: title ?? null,
    state: state ?? null,
    body: body ?? null,
    user: { login, id: ownerIdOf(login), type: 'User' },
    labels: [],
    comments: 0,
    url: `${origin}/repos/${repository}/issues/${number}`,
    html_url: `https://github.com/${repository}/issues/${number}`,
    created_at: created_at ?? null,
    updated_at: updated_at ?? created_at ?? null,
  };
}

/** An instant as GitHub writes it: whole seconds, UTC. */
export const secondsOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
