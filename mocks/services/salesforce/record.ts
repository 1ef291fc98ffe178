// A record on the wire.

import type { JsonObject } from '../../http.ts';
import type { Call } from '../../service.ts';
import type { SObject } from './schema.ts';
import { basePath } from './versioned.ts';

/** A record as the wire shows it: its type and address, then the fields asked for, in their order. */
export function shownFields(
  call: Call,
  object: SObject,
  record: JsonObject,
  fields: readonly string[],
): JsonObject {
  const url = `${basePath(call)}/sobjects/${object.name}/${record.Id}`;
  return {
    attributes: { type: object.name, url },
    ...Object.fromEntries(fields.map((field) => [field, record[field] ?? null])),
  };
}
