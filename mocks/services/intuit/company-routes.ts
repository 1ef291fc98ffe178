// A company and what it holds: its profile, queries, invoices; and a charge, which wants the scope of payments.

import { cellsOf } from '../../cells.ts';
import { type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { found, timeOf, traceHeader } from './answers.ts';
import { ENTITIES, parseQuery, run } from './query.ts';
import { inCompany, ofRealm } from './realm.ts';
import { ACCOUNTING, PAYMENT } from './scopes.ts';

const READS = { needsOneOf: [ACCOUNTING], effect: 'read' } as const;

const QUERY = inCompany('/query');

/** The routes. */
export const COMPANY_ROUTES: readonly Route[] = [
  {
    id: 'query',
    method: 'GET',
    path: QUERY,
    ...READS,
    handle: ofRealm((call) => query(call, call.request.query.query ?? '')),
  },
  {
    id: 'query.post',
    method: 'POST',
    path: QUERY,
    ...READS,
    handle: ofRealm((call) => query(call, call.request.body)),
  },
  ...ENTITIES.map(
    (entity): Route => ({
      id: `${entity.toLowerCase()}.read`,
      method: 'GET',
      path: inCompany(`/${entity.toLowerCase()}/{id}`),
      ...READS,
      handle: ofRealm((call) => read(call, entity)),
    }),
  ),
  {
    id: 'invoice.save',
    method: 'POST',
    path: inCompany('/invoice'),
    needsOneOf: [ACCOUNTING],
    effect: 'write',
    handle: ofRealm(saveInvoice),
  },
  {
    id: 'charge.read',
    method: 'GET',
    path: '/quickbooks/v4/payments/charges/{id}',
    needsOneOf: [PAYMENT],
    effect: 'read',
    handle: (call) => {
      const charge = call.data('charges').get(call.params.id ?? '');
      return charge === null ? { refused: 'not-found' } : { answer: json(200, charge, traceHeader(call)) };
    },
  },
];

function query(call: Call, text: string): Handled {
  const asked = parseQuery(text);
  if (asked === null) {
    return { refused: 'bad-request', code: '4000', detail: 'Error parsing query' };
  }
  const { total, page } = run(asked, call.data(asked.entity).list());
  const response = asked.counts
    ? { totalCount: total }
    : page.length === 0
      ? {}
      : { [asked.entity]: page, startPosition: asked.start, maxResults: page.length };
  return { answer: found(call, { QueryResponse: response }) };
}

// A company's profile is found by the company's id as well, as most clients ask for it.
function read(call: Call, entity: (typeof ENTITIES)[number]): Handled {
  const { id = '', realmId } = call.params;
  const isProfile = entity === 'CompanyInfo' && id === realmId;
  const object = call.data(entity).get(isProfile ? '1' : id);
  return object === null ? { refused: 'not-found' } : { answer: found(call, { [entity]: object }) };
}

// An update must name the version that it changes; a sparse one leaves alone what it does not say.
function saveInvoice(call: Call): Handled {
  const supplied = parseJsonObject(call.request.body);
  if (supplied === null)
    return { refused: 'bad-request', code: '2010', detail: 'Request has invalid or unsupported property' };
  const invoices = call.data('Invoice');
  if (supplied.Id === undefined) {
    if (supplied.CustomerRef === undefined) return missing('CustomerRef');
    if (!Array.isArray(supplied.Line)) return missing('Line');
    const id = String(invoices.nextNumber());
    return store(call, { Id: id, SyncToken: '0', DocNumber: String(1000 + Number(id)) }, supplied, 'Invoice');
  }
  const before = invoices.get(String(supplied.Id));
  if (before === null) return { refused: 'not-found' };
  if (supplied.SyncToken !== before.SyncToken) {
    return { refused: 'bad-request', code: '5010', detail: 'Stale Object Error' };
  }
  const kept =
    supplied.sparse === true ? before : { Id: before.Id ?? null, DocNumber: before.DocNumber ?? null };
  const next = { ...kept, SyncToken: String(Number(before.SyncToken) + 1) };
  return store(call, next, supplied, `Invoice/${before.Id}`);
}

function store(call: Call, base: JsonObject, supplied: JsonObject, place: string): Handled {
  const { SyncToken: _version, sparse: _sparse, ...said } = supplied;
  const now = timeOf(call.nowMs);
  const invoice = { ...base, ...said, MetaData: { CreateTime: now, LastUpdatedTime: now } };
  call.data('Invoice').put(String(base.Id), invoice);
  return { answer: found(call, { Invoice: invoice }), writes: [{ place, cells: cellsOf(said) }] };
}

const missing = (name: string): Handled => ({
  refused: 'bad-request',
  code: '2020',
  detail: `Required parameter ${name} is missing in the request`,
});
