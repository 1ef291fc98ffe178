// The accounting API: the organisation, its contacts and invoices, and a report that wants a scope of its own.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { dateOf, enveloped } from './answers.ts';
import { documentIdOf } from './ids.ts';
import { accounting, forOrganisation } from './organisation.ts';

const PAGE_SIZE = 100;
const INVOICES = accounting('/Invoices');
const READS = {
  needsOneOf: ['accounting.transactions', 'accounting.transactions.read'],
  effect: 'read',
} as const;
const WRITES = { needsOneOf: ['accounting.transactions'], effect: 'write' } as const;

/** The routes. */
export const INVOICE_ROUTES: readonly Route[] = [
  {
    id: 'organisation.read',
    method: 'GET',
    path: accounting('/Organisation'),
    needsOneOf: ['accounting.settings', 'accounting.settings.read'],
    effect: 'read',
    handle: forOrganisation((call, { tenantId, tenantName }) => ({
      answer: enveloped(call, 'Organisations', [
        {
          OrganisationID: tenantId ?? null,
          Name: tenantName ?? null,
          BaseCurrency: 'NZD',
          IsDemoCompany: false,
        },
      ]),
    })),
  },
  {
    id: 'contacts.list',
    method: 'GET',
    path: accounting('/Contacts'),
    needsOneOf: ['accounting.contacts', 'accounting.contacts.read'],
    effect: 'read',
    handle: forOrganisation((call) => ({
      answer: enveloped(call, 'Contacts', call.data('contacts').list()),
    })),
  },
  { id: 'invoices.list', method: 'GET', path: INVOICES, ...READS, handle: forOrganisation(list) },
  {
    id: 'invoices.read',
    method: 'GET',
    path: `${INVOICES}/{id}`,
    ...READS,
    handle: forOrganisation((call) => {
      const invoice = find(call, call.params.id ?? '');
      return invoice === undefined
        ? { refused: 'not-found' }
        : { answer: enveloped(call, 'Invoices', [invoice]) };
    }),
  },
  { id: 'invoices.create', method: 'PUT', path: INVOICES, ...WRITES, handle: forOrganisation(save) },
  { id: 'invoices.save', method: 'POST', path: INVOICES, ...WRITES, handle: forOrganisation(save) },
  {
    id: 'reports.profit-and-loss',
    method: 'GET',
    path: accounting('/Reports/ProfitAndLoss'),
    needsOneOf: ['accounting.reports.read'],
    effect: 'read',
    handle: forOrganisation((call) => ({
      answer: enveloped(call, 'Reports', [
        { ReportID: 'ProfitAndLoss', ReportName: 'Profit and Loss', Rows: [] },
      ]),
    })),
  },
];

function list(call: Call): Handled {
  const { page = '1', Statuses, IDs, where } = call.request.query;
  if (where !== undefined) return { refused: 'unmodelled', detail: 'a where clause' };
  const at = Number(page);
  if (!Number.isInteger(at) || at < 1) return wrong('Page must be a positive whole number');
  const oneOf = (wanted: string | undefined, value: Json | undefined) =>
    wanted === undefined || wanted.split(',').includes(String(value));
  const found = call
    .data('invoices')
    .list()
    .filter((invoice) => oneOf(Statuses, invoice.Status) && oneOf(IDs, invoice.InvoiceID));
  return { answer: enveloped(call, 'Invoices', found.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE)) };
}

// One invoice or several; all are stored, or none.
function save(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  const given = Array.isArray(body?.Invoices) ? body.Invoices : [body];
  if (!given.every(isJsonObject)) return wrong('No valid invoices were found in the request');
  for (const invoice of given) {
    const complaint = complaintAbout(call, invoice);
    if (complaint !== null) return wrong(complaint);
  }
  const saved = given.map((supplied) => store(call, supplied));
  return {
    answer: enveloped(
      call,
      'Invoices',
      saved.map(({ invoice }) => invoice),
    ),
    writes: saved.map(({ place }, index) => ({ place, cells: cellsOf(given[index] ?? {}) })),
  };
}

function store(call: Call, supplied: JsonObject): { readonly place: string; readonly invoice: JsonObject } {
  const invoices = call.data('invoices');
  const before = supplied.InvoiceID === undefined ? undefined : find(call, String(supplied.InvoiceID));
  const n = before === undefined ? invoices.nextNumber() : 0;
  const fresh: JsonObject = {
    InvoiceID: documentIdOf(call.account.tenant, 'invoice', n),
    InvoiceNumber: `INV-${String(n).padStart(4, '0')}`,
    Status: 'DRAFT',
    CurrencyCode: 'NZD',
    Date: dateOf(call.nowMs),
  };
  const invoice: JsonObject = { ...(before ?? fresh), ...supplied, UpdatedDateUTC: dateOf(call.nowMs) };
  invoices.put(String(invoice.InvoiceID), invoice);
  return { place: before === undefined ? 'invoices' : `invoices/${before.InvoiceID}`, invoice };
}

function complaintAbout(call: Call, { InvoiceID, Type, Contact }: JsonObject): string | null {
  if (InvoiceID !== undefined) {
    return find(call, String(InvoiceID)) === undefined
      ? 'Invoice not of valid status for modification'
      : null;
  }
  if (Type !== 'ACCREC' && Type !== 'ACCPAY') return 'Invoice type is required';
  return isJsonObject(Contact) ? null : 'A Contact must be specified for this type of transaction';
}

const find = ({ data }: Call, name: string) =>
  data('invoices').get(name) ??
  data('invoices')
    .list()
    .find(({ InvoiceNumber }) => InvoiceNumber === name);

const wrong = (detail: string): Handled => ({ refused: 'bad-request', detail });
