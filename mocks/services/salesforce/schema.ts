// The objects of an org and their fields: the standard ones by name, and whatever the tenant's data holds besides.

import type { JsonObject } from '../../http.ts';
import type { Collections } from '../../store.ts';

/** A field as `describe` shows it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  /** Whether a new record must have it. */
  readonly required?: true;
}

/** An object of the org. */
export interface SObject {
  readonly name: string;
  readonly label: string;
  /** The first three characters of its records' ids. */
  readonly keyPrefix: string;
  readonly fields: readonly Field[];
}

const ID: Field = { name: 'Id', type: 'id' };
const STAMPS: readonly Field[] = [
  { name: 'OwnerId', type: 'reference' },
  { name: 'CreatedDate', type: 'datetime' },
  { name: 'LastModifiedDate', type: 'datetime' },
];

const STANDARD: readonly SObject[] = [
  {
    name: 'Account',
    label: 'Account',
    keyPrefix: '001',
    fields: [
      ID,
      { name: 'Name', type: 'string', required: true },
      { name: 'Industry', type: 'picklist' },
      { name: 'Type', type: 'picklist' },
      { name: 'Website', type: 'url' },
      { name: 'Phone', type: 'phone' },
      { name: 'AnnualRevenue', type: 'currency' },
      { name: 'NumberOfEmployees', type: 'int' },
      { name: 'BillingCity', type: 'string' },
      { name: 'BillingCountry', type: 'string' },
      { name: 'Description', type: 'textarea' },
      ...STAMPS,
    ],
  },
  {
    name: 'Contact',
    label: 'Contact',
    keyPrefix: '003',
    fields: [
      ID,
      { name: 'AccountId', type: 'reference' },
      { name: 'FirstName', type: 'string' },
      { name: 'LastName', type: 'string', required: true },
      { name: 'Email', type: 'email' },
      { name: 'Phone', type: 'phone' },
      { name: 'Title', type: 'string' },
      ...STAMPS,
    ],
  },
  {
    name: 'Opportunity',
    label: 'Opportunity',
    keyPrefix: '006',
    fields: [
      ID,
      { name: 'AccountId', type: 'reference' },
      { name: 'Name', type: 'string', required: true },
      { name: 'StageName', type: 'picklist', required: true },
      { name: 'CloseDate', type: 'date', required: true },
      { name: 'Amount', type: 'currency' },
      ...STAMPS,
    ],
  },
];

/** The object of this name; null where the org has none. The case of a standard name does not matter. */
export function sobjectNamed(data: Collections, name: string): SObject | null {
  if (!/^\w+$/.test(name)) return null;
  const standard = STANDARD.find((object) => same(object.name, name));
  const records = data(standard?.name ?? name).list();
  if (standard === undefined && records.length === 0) return null;
  const object = standard ?? { name, label: name, keyPrefix: 'a00', fields: [ID] };
  const known = new Set(object.fields.map((field) => field.name));
  const custom = records.flatMap(fieldNames).filter((field) => !known.has(field));
  return { ...object, fields: [...object.fields, ...[...new Set(custom)].map(text)] };
}

/** A field's own spelling; null where the object has no such field. Custom fields always exist. */
export function fieldNamed(object: SObject, name: string): string | null {
  const field = object.fields.find((candidate) => same(candidate.name, name));
  return field?.name ?? (name.endsWith('__c') ? name : null);
}

const fieldNames = (record: JsonObject) => Object.keys(record).filter((name) => name !== 'attributes');

const text = (name: string): Field => ({ name, type: 'string' });

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
