// Linear's one endpoint: a GraphQL operation, root field by root field, so that one may fail beside others that do not.

import { type Json, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route, Write } from '../../service.ts';
import { type Field, type Operation, readOperation } from './document.ts';
import { graphqlError } from './errors.ts';
import { misselected, mustSelect, project, type Resolved, type RootField, unknownField } from './execute.ts';
import { MUTATIONS, QUERIES } from './roots.ts';

/** The routes. A POST may write, whatever a single request asks; a GET never does (GraphQL over HTTP). */
export const GRAPHQL_ROUTES: readonly Route[] = [
  {
    id: 'graphql.get',
    method: 'GET',
    path: '/graphql',
    needsOneOf: [],
    effect: 'read',
    handle: (call) => {
      const { query, operationName, variables = '{}' } = call.request.query;
      const body = { query: query ?? null, operationName: operationName ?? null };
      return handle({ ...body, variables: parseJsonObject(variables) }, call);
    },
  },
  {
    id: 'graphql',
    method: 'POST',
    path: '/graphql',
    needsOneOf: [],
    effect: 'write',
    handle: (call) => {
      const body = parseJsonObject(call.request.body);
      if (body === null) return { refused: 'bad-request', detail: 'POST body must be a JSON object.' };
      return handle(body, call);
    },
  },
];

function handle(body: JsonObject, call: Call): Handled {
  const operation = readOperation(body);
  if ('problem' in operation) return { refused: 'bad-request', detail: operation.problem };
  if (operation.kind === 'mutation' && call.request.method === 'GET') {
    return { refused: 'bad-request', detail: 'Can only perform a mutation operation from a POST request.' };
  }
  return invalid(operation) ?? carryOut(operation, call);
}

interface Result {
  readonly field: Field;
  readonly resolved: Resolved;
}

// A request is checked as a whole before anything of it is carried out.
function invalid({ kind, fields }: Operation): Handled | null {
  for (const { name, selections } of fields) {
    if (name === '__typename') continue;
    const root = rootOf(kind, name);
    if (root === null) return { refused: 'unmodelled', detail: `${kind} ${name}` };
    const type = root.type();
    if (selections === null) return { refused: 'bad-request', detail: mustSelect(name, type) };
    const unknown = unknownField(type, selections);
    if (unknown !== null) return { refused: 'unmodelled', detail: unknown };
    const wrong = misselected(type, selections);
    if (wrong !== null) return { refused: 'bad-request', detail: wrong };
  }
  return null;
}

function carryOut(operation: Operation, call: Call): Handled {
  const results = operation.fields.map(
    (field): Result => ({ field, resolved: resolve(operation, field, call) }),
  );
  const refusals = results.flatMap(({ resolved }) => ('refused' in resolved ? [resolved] : []));
  const [first] = refusals;
  const unmodelled = refusals.find(({ refused }) => refused === 'unmodelled');
  if (unmodelled !== undefined) return unmodelled;
  if (first !== undefined && refusals.length === results.length) return first;
  const answer = json(200, {
    data: Object.fromEntries(results.map((result) => [result.field.key, shown(operation, result, call)])),
    ...(first === undefined ? {} : { errors: results.flatMap(told) }),
  });
  return { answer, writes: results.flatMap(({ resolved }): readonly Write[] => writesOf(resolved)) };
}

function resolve({ kind }: Operation, { name, args }: Field, call: Call): Resolved {
  const root = rootOf(kind, name);
  if (root === null) return { value: {} };
  const { scopes } = root;
  if (!scopes.some((scope) => call.scopes.includes(scope))) {
    return { refused: 'scope-missing', detail: scopes[0] };
  }
  return root.resolve(args, call);
}

function shown({ kind }: Operation, { field, resolved }: Result, call: Call): Json {
  const root = rootOf(kind, field.name);
  if (root === null) return kind === 'query' ? 'Query' : 'Mutation';
  return 'refused' in resolved ? null : project(root.type(), resolved.value, field.selections ?? [], call);
}

const told = ({ field, resolved }: Result): readonly JsonObject[] =>
  'refused' in resolved ? [{ ...graphqlError(resolved.refused, resolved.detail), path: [field.key] }] : [];

const writesOf = (resolved: Resolved) => ('refused' in resolved ? [] : (resolved.writes ?? []));

function rootOf(kind: Operation['kind'], name: string): RootField | null {
  const roots = kind === 'query' ? QUERIES : MUTATIONS;
  return Object.hasOwn(roots, name) ? (roots[name] ?? null) : null;
}
