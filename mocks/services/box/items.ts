// Files and folders as one looks them up. What belongs to others is not found, as what does not exist.

import type { JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';
import { ROOT } from './seed.ts';

/** What reading an item needs. */
export const READS = { needsOneOf: ['root_readwrite', 'root_readonly'], effect: 'read' } as const;
/** What changing an item needs. */
export const WRITES = { needsOneOf: ['root_readwrite'], effect: 'write' } as const;

/** The two kinds of items. */
export type Kind = 'file' | 'folder';

const ROOT_FOLDER: JsonObject = { id: ROOT, type: 'folder', name: 'All Files', parent: null, etag: null };

/** Lets a call through with the item that its path names. */
export function withItem(kind: Kind, handle: (call: Call, item: JsonObject) => Handled) {
  return (call: Call): Handled => {
    const { id = '' } = call.params;
    const item = find(call, kind, id);
    return item === null ? missing(call, id) : handle(call, item);
  };
}

/** The item of this kind and id; null where there is none. */
export function find({ data }: Call, kind: Kind, id: string): JsonObject | null {
  if (kind === 'folder' && id === ROOT) return ROOT_FOLDER;
  const item = data('items').get(id);
  return item?.type === kind ? item : null;
}

/** The refusal of an item that is not there, or that others hold. */
export const missing = (call: Call, id: string): Handled => ({
  refused: call.heldElsewhere('items', id) ? 'other-tenant' : 'not-found',
  detail: id,
});

/** What lies in a folder, folders before files. */
export function childrenOf({ data }: Call, folderId: string): readonly JsonObject[] {
  const inside = data('items')
    .list()
    .filter((item) => parentIdOf(item) === folderId);
  const ofKind = (kind: Kind) => inside.filter(({ type }) => type === kind);
  return [...ofKind('folder'), ...ofKind('file')];
}

/** The folder in which an item lies; empty for the root. */
export function parentIdOf({ parent }: JsonObject): string {
  return typeof parent === 'object' && parent !== null && 'id' in parent ? String(parent.id) : '';
}

/** The refusal of a name that another item in the folder has; null where it is free. */
export const refusalOfName = (call: Call, folderId: string, name: string): Handled | null =>
  childrenOf(call, folderId).some((item) => item.name === name)
    ? wrong('item_name_in_use', 'Item with the same name already exists')
    : null;

/** The refusal of a request, with Box's code. */
export const wrong = (code: string, detail: string): Handled => ({ refused: 'bad-request', code, detail });

/** A moment as Box writes it: with an offset and without fractions. */
export const momentOf = ({ nowMs }: Call): string =>
  new Date(nowMs).toISOString().replace(/\.\d+Z$/, '-00:00');
