// What a Dropbox holds when nothing was seeded: a folder with two files.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

const MODIFIED = '2026-01-05T09:00:00Z';

/** The id of a tenant's nth file, the same in every run; ids of two accounts are apart. */
export const fileIdOf = (tenant: string, n: number): string =>
  `id:${seededRandomness(tenant).chars(18, 'dropbox files')}${n.toString(36).padStart(4, '0')}`;

/** The files of a new account. A fixture needs `path` and `content` only. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const file = (n: number, path: string, content: string) => ({
    id: fileIdOf(tenant, n),
    path,
    content,
    modified: MODIFIED,
  });
  return {
    files: [
      file(1, '/Reports/February.csv', 'item,owner\nfirst,acme\n'),
      file(2, '/Reports/January.csv', 'item,owner\n'),
    ],
  };
}
