// A tenant's data: named collections of plain objects, kept in memory.

import type { Json, JsonObject } from './http.ts';

/** One collection. Objects are found by id and listed in the order in which they were first stored. */
export interface Collection {
  get(id: string): JsonObject | null;
  list(): readonly JsonObject[];
  put(id: string, value: JsonObject): void;
  delete(id: string): boolean;
  /** The next id of a counter that belongs to this collection: 1, 2, 3, ... */
  nextNumber(): number;
}

/** The collections of one tenant, made on first use. */
export type Collections = (name: string) => Collection;

/** Empty collections, filled from `seeds` (collection name -> objects); `idField` names each collection's id. */
export function createCollections(
  seeds: Readonly<Record<string, readonly JsonObject[]>>,
  idField: (collection: string) => string,
): Collections {
  const collections = new Map<string, Collection>();
  return (name) => {
    let collection = collections.get(name);
    if (collection === undefined) {
      collection = createCollection(seeds[name] ?? [], idField(name));
      collections.set(name, collection);
    }
    return collection;
  };
}

function createCollection(seed: readonly JsonObject[], idField: string): Collection {
  const objects = new Map<string, JsonObject>();
  let counter = seed.length;
  seed.forEach((object, index) => {
    const id = identifier(object[idField]) ?? String(index + 1);
    objects.set(id, object[idField] === undefined ? { [idField]: id, ...object } : object);
  });
  return {
    get: (id) => objects.get(id) ?? null,
    list: () => [...objects.values()],
    put: (id, value) => void objects.set(id, value),
    delete: (id) => objects.delete(id),
    nextNumber: () => ++counter,
  };
}

function identifier(value: Json | undefined): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}
