// Finding what an app may see: what is not shared with it, and what another workspace holds, is not there.

import type { JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';

/** An object, or the refusal in which it is not found. */
export type Found = { readonly object: JsonObject } | Extract<Handled, { refused: unknown }>;

/** What the collection holds and the app may see. */
export const visible = ({ data }: Call, collection: string): readonly JsonObject[] =>
  data(collection)
    .list()
    .filter(({ shared }) => shared !== false);

/** The object of this id, written with or without dashes. */
export function find(call: Call, collection: string, id: string): Found {
  const wanted = bare(id);
  const object = visible(call, collection).find((one) => bare(String(one.id)) === wanted);
  if (object !== undefined) return { object };
  const refused = call.heldElsewhere(collection, dashed(wanted)) ? 'other-tenant' : 'not-found';
  return { refused, detail: `${collection.slice(0, -1)} with ID: ${dashed(wanted)}` };
}

/** The object without what is the mock's own. */
export function shown({ shared: _shared, ...object }: JsonObject): JsonObject {
  return object;
}

const bare = (id: string) => id.replaceAll('-', '').toLowerCase();

const dashed = (id: string) =>
  /^[0-9a-f]{32}$/.test(id) ? id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : id;
