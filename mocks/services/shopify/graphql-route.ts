// The Admin API over GraphQL: queries only, paid for by what they ask, and refused as a whole with a 200.

import { isJsonObject, type Json, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { type Field, readOperation } from '../linear/document.ts';
import { misselected, mustSelect, project, unknownField } from '../linear/execute.ts';
import { actualCost, costShown, pay, requestedCost } from './graphql-cost.ts';
import { type Resolved, ROOTS } from './graphql-schema.ts';

/** The route. */
export const GRAPHQL_ROUTE: Route = {
  id: 'graphql',
  method: 'POST',
  path: '/admin/api/{version}/graphql.json',
  needsOneOf: [],
  effect: 'read',
  handle: (call) => {
    const body = parseJsonObject(call.request.body);
    if (body === null) return { refused: 'bad-request', detail: 'Required parameter missing or invalid' };
    const operation = readOperation(body);
    if ('problem' in operation) return { refused: 'bad-request', detail: operation.problem };
    const [first] = operation.fields;
    if (operation.kind === 'mutation') return { refused: 'unmodelled', detail: `mutation ${first?.name}` };
    return refusalOf(operation.fields, call) ?? carryOut(operation.fields, call);
  },
};

type Refused = Extract<Handled, { refused: unknown }>;

// A query is checked as a whole before anything of it is carried out.
function refusalOf(fields: readonly Field[], call: Call): Refused | null {
  for (const { name, selections } of fields) {
    if (name === '__typename') continue;
    const root = ROOTS[name];
    if (root === undefined) return { refused: 'unmodelled', detail: `query ${name}` };
    const type = root.type();
    if (selections === null) return { refused: 'bad-request', detail: mustSelect(name, type) };
    const unknown = unknownField(type, selections);
    if (unknown !== null) return { refused: 'unmodelled', detail: unknown };
    const wrong = misselected(type, selections);
    if (wrong !== null) return { refused: 'bad-request', detail: wrong };
    const allowed = root.scopes.length === 0 || root.scopes.some((scope) => call.scopes.includes(scope));
    if (!allowed) return { refused: 'scope-missing', code: name, detail: root.scopes[0] ?? '' };
  }
  return pay(call, requestedCost(fields));
}

function carryOut(fields: readonly Field[], call: Call): Handled {
  const results = fields.map((field) => ({ field, resolved: resolve(field, call) }));
  const [refused] = results.flatMap(({ resolved }) => ('refused' in resolved ? [resolved] : []));
  if (refused !== undefined) return refused;
  const data = Object.fromEntries(
    results.flatMap(({ field, resolved }) =>
      'value' in resolved ? [[field.key, shown(field, resolved.value, call)]] : [],
    ),
  );
  const requested = requestedCost(fields);
  const actual = actualCost(data);
  const { left } = call.spend('points', actual - requested);
  return { answer: json(200, { data, extensions: costShown(requested, actual, left) }) };
}

const resolve = ({ name, args }: Field, call: Call): Resolved =>
  ROOTS[name]?.resolve(args, call) ?? { value: 'QueryRoot' };

function shown({ name, selections }: Field, value: Json, call: Call): Json {
  const root = ROOTS[name];
  return root !== undefined && isJsonObject(value)
    ? project(root.type(), value, selections ?? [], call)
    : value;
}
