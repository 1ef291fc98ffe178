// CRM objects: the kinds there are, and what of a stored object a call sees.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import type { Call } from '../../service.ts';
import type { PropertyReader } from './search.ts';
import { instantMs } from './values.ts';

/** A kind of CRM object. */
export interface ObjectType {
  /** The collection, and the last part of the path. */
  readonly name: string;
  /** What is returned when nothing is asked for. */
  readonly defaults: readonly string[];
  /** What is returned whatever is asked for. */
  readonly always: readonly string[];
  /** The property that holds the moment of the last change. */
  readonly changedAt: string;
  /** What a search's `query` looks at. */
  readonly searched: readonly string[];
}

/** Deals; every change of one is a new moment in `hs_lastmodifieddate`. */
export const DEALS: ObjectType = {
  name: 'deals',
  defaults: ['amount', 'closedate', 'dealname', 'dealstage', 'pipeline'],
  always: ['createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  changedAt: 'hs_lastmodifieddate',
  searched: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
};

/** Contacts, which keep their moment of change under another name. */
export const CONTACTS: ObjectType = {
  name: 'contacts',
  defaults: ['email', 'firstname', 'lastname'],
  always: ['createdate', 'hs_object_id', 'lastmodifieddate'],
  changedAt: 'lastmodifieddate',
  searched: ['firstname', 'lastname', 'email', 'phone', 'company'],
};

/** What has happened by now. An object changed later is not there yet: a night of changes is a list of moments. */
export function visible(type: ObjectType, { data, nowMs }: Call): readonly JsonObject[] {
  return data(type.name)
    .list()
    .filter((object) => hasHappened(type, object, nowMs));
}

/** The object that a call's path names, if it has happened. */
export function find(type: ObjectType, { data, params, nowMs }: Call): JsonObject | null {
  const object = data(type.name).get(params.id ?? '');
  return object !== null && hasHappened(type, object, nowMs) ? object : null;
}

function hasHappened(type: ObjectType, object: JsonObject, nowMs: number): boolean {
  const changedAtMs = instantMs(reader(object)(type.changedAt));
  return changedAtMs === null || changedAtMs <= nowMs;
}

/** An object as the wire shows it, with the properties asked for; null = the defaults of its type. */
export function shown(type: ObjectType, object: JsonObject, asked: readonly string[] | null): JsonObject {
  const property = reader(object);
  const names = [...new Set([...(asked ?? type.defaults), ...type.always])].toSorted();
  const updatedAt = asInstant(property(type.changedAt)) ?? object.updatedAt ?? null;
  return {
    id: idOf(object),
    properties: Object.fromEntries(names.map((name) => [name, property(name)])),
    createdAt: asInstant(property('createdate')) ?? object.createdAt ?? updatedAt,
    updatedAt,
    archived: false,
  };
}

/** Reads an object's properties as text. */
export function reader(object: JsonObject): PropertyReader {
  const properties = propertiesOf(object);
  return (name) => (name === 'hs_object_id' ? idOf(object) : textOf(properties[name]));
}

/** An object's id. */
export const idOf = (object: JsonObject): string => String(object.id);

/** An object's properties as they are stored. */
export const propertiesOf = (object: JsonObject): JsonObject =>
  isJsonObject(object.properties) ? object.properties : {};

// HubSpot's wire knows property values as text only; an empty text is no value.
function textOf(value: Json | undefined): string | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asInstant(text: string | null): string | null {
  const ms = instantMs(text);
  return ms === null ? null : new Date(ms).toISOString();
}

/** The order of ids: of two numbers the shorter is the smaller. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}
