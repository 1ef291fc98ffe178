// Files: finding them by path or id, folders that exist because a file lies in them, and what the wire shows.

import { sha256 } from '../../digest.ts';
import { bytesOf, hex } from '../../encoding.ts';
import type { JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';

/** All files of the account. */
export const filesOf = ({ data }: Call): readonly JsonObject[] => data('files').list();

/** The file that a path or an id names; case does not count in paths. */
export function findFile(call: Call, named: string): JsonObject | null {
  if (named.startsWith('id:')) return call.data('files').get(named);
  const wanted = named.toLowerCase();
  return filesOf(call).find((file) => pathOf(file).toLowerCase() === wanted) ?? null;
}

/** The refusal of a path or id that names nothing here; `tag` is what the function calls this error. */
export function missing(call: Call, named: string, tag: string): Handled {
  const elsewhere = named.startsWith('id:') && call.heldElsewhere('files', named);
  return { refused: elsewhere ? 'other-tenant' : 'not-found', code: tag };
}

/** The entries directly in a folder (`''` = the root), or everything below it; null where there is no such folder. */
export function entriesOf(call: Call, folder: string, recursive: boolean): readonly JsonObject[] | null {
  const prefix = `${folder.toLowerCase()}/`;
  const below = filesOf(call).filter((file) => pathOf(file).toLowerCase().startsWith(prefix));
  if (below.length === 0 && folder !== '') return null;
  const folders = new Map<string, JsonObject>();
  for (const file of below) {
    const parts = pathOf(file).slice(prefix.length).split('/').slice(0, -1);
    const depth = recursive ? parts.length : Math.min(1, parts.length);
    for (let length = 1; length <= depth; length++) {
      const path = `${pathOf(file).slice(0, prefix.length)}${parts.slice(0, length).join('/')}`;
      folders.set(path.toLowerCase(), folderShown(path));
    }
  }
  const direct = below.filter((file) => recursive || !pathOf(file).slice(prefix.length).includes('/'));
  return [...folders.values(), ...direct.map(fileShown)];
}

/** A file's metadata. */
export function fileShown(file: JsonObject): JsonObject {
  const path = pathOf(file);
  const content = contentOf(file);
  const digest = sha256(content);
  return {
    '.tag': 'file',
    name: path.slice(path.lastIndexOf('/') + 1),
    path_lower: path.toLowerCase(),
    path_display: path,
    id: file.id ?? null,
    client_modified: file.modified ?? null,
    server_modified: file.modified ?? null,
    rev: hex(digest).slice(0, 16),
    size: bytesOf(content).length,
    is_downloadable: true,
    // One block of at most 4 MiB: the hash of the hash (Dropbox's content hash).
    content_hash: hex(sha256(digest)),
  };
}

/** The text of a file. */
export const contentOf = (file: JsonObject): string => String(file.content ?? '');

const folderShown = (path: string): JsonObject => ({
  '.tag': 'folder',
  name: path.slice(path.lastIndexOf('/') + 1),
  path_lower: path.toLowerCase(),
  path_display: path,
  id: `id:folder-${hex(sha256(path.toLowerCase())).slice(0, 12)}`,
});

const pathOf = (file: JsonObject): string => String(file.path ?? '');
