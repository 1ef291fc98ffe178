// Carries out a GraphQL operation on a small schema: what is selected comes back, under the names asked for.

import type { Json, JsonObject } from '../../http.ts';
import type { Refusal } from '../../refusals.ts';
import type { Call, Write } from '../../service.ts';
import type { Field } from './document.ts';

/** A field: its value, and the type of the objects in it; no type means that it is a plain value. */
export interface FieldDef {
  readonly type?: () => ObjectType;
  resolve(source: JsonObject, args: JsonObject, call: Call): Json;
}

/** A type of objects. */
export interface ObjectType {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldDef>>;
  /** Whether anything may be selected of it: of what is never there, it does not matter what. */
  readonly isOpen?: true;
}

/** A field at the root, which may be refused, and may write. */
export interface RootField {
  readonly type: () => ObjectType;
  /** Any one of these scopes suffices. */
  readonly scopes: readonly [string, ...string[]];
  resolve(args: JsonObject, call: Call): Resolved;
}

/** What a root field came to. */
export type Resolved =
  | { readonly value: JsonObject; readonly writes?: readonly Write[] }
  | { readonly refused: Refusal; readonly detail: string };

/** Plain values of the objects of a type, taken as they are; what an object lacks is null. */
export function plain(...names: readonly string[]): Record<string, FieldDef> {
  return Object.fromEntries(names.map((name) => [name, { resolve: (source) => source[name] ?? null }]));
}

/** Fields that point to what the mock's workspaces never hold: null, or an empty list. */
export function absent(empty: null | readonly [], ...names: readonly string[]): Record<string, FieldDef> {
  return Object.fromEntries(names.map((name) => [name, { type: () => NOTHING, resolve: () => empty }]));
}

const NOTHING: ObjectType = { name: 'Nothing', fields: {}, isOpen: true };

/** The first selected field that the schema does not have, as `Type.field`; null where it has them all. */
export function unknownField(type: ObjectType, fields: readonly Field[]): string | null {
  if (type.isOpen) return null;
  for (const { name, selections } of fields) {
    if (name === '__typename') continue;
    const def = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (def === undefined) return `${type.name}.${name}`;
    const below = def.type === undefined ? null : unknownField(def.type(), selections ?? []);
    if (below !== null) return below;
  }
  return null;
}

/** The first field that selects too little or too much below it, as GraphQL's validation would word it. */
export function misselected(type: ObjectType, fields: readonly Field[]): string | null {
  if (type.isOpen) return null;
  for (const { name, selections } of fields) {
    const below = type.fields[name]?.type?.();
    if (below === undefined && selections !== null) return mustNotSelect(name);
    if (below !== undefined && selections === null) return mustSelect(name, below);
    const deeper = below === undefined ? null : misselected(below, selections ?? []);
    if (deeper !== null) return deeper;
  }
  return null;
}

/** What is selected of an object. */
export function project(
  type: ObjectType,
  source: JsonObject,
  fields: readonly Field[],
  call: Call,
): JsonObject {
  return Object.fromEntries(
    fields.map(({ key, name, args, selections }) => {
      const def = type.fields[name];
      if (def === undefined) return [key, type.name];
      const value = def.resolve(source, args, call);
      return [key, def.type === undefined ? value : projectValue(def.type(), value, selections ?? [], call)];
    }),
  );
}

function projectValue(type: ObjectType, value: Json, fields: readonly Field[], call: Call): Json {
  if (Array.isArray(value)) return value.map((item) => projectValue(type, item, fields, call));
  return value === null ? null : project(type, value as JsonObject, fields, call);
}

/** What GraphQL says of an object that was asked for whole. */
export const mustSelect = (name: string, { name: type }: ObjectType) =>
  `Field "${name}" of type "${type}!" must have a selection of subfields. Did you mean "${name} { ... }"?`;

const mustNotSelect = (name: string) =>
  `Field "${name}" must not have a selection since it is a plain value and has no subfields.`;
