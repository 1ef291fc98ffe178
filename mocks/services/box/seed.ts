// What an enterprise holds when nothing was seeded: a folder and two files.

import type { JsonObject } from '../../http.ts';
import { itemIdOf } from './ids.ts';

/** The folder above all others. */
export const ROOT = '0';

const CREATED = '2026-01-05T09:00:00-00:00';

/** The collections of a new enterprise. Folders and files share their numbers. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const item = (n: number, type: string, name: string, parent: string): JsonObject => ({
    id: itemIdOf(tenant, n),
    type,
    name,
    parent: { type: 'folder', id: parent },
    etag: '0',
    created_at: CREATED,
    modified_at: CREATED,
    item_status: 'active',
  });
  return {
    items: [
      item(1, 'folder', 'Reports', ROOT),
      item(2, 'file', 'numbers.csv', itemIdOf(tenant, 1)),
      item(3, 'file', 'handover.txt', ROOT),
    ],
  };
}
