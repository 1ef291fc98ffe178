// The routes of Drive's `files`: every spreadsheet is a file, beside the collection `files`.

import { base64url, textFromBase64 } from '../../encoding.ts';
import { type JsonObject, json } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { bookOf } from './book.ts';
import { parseQuery } from './drive-query.ts';
import { FILES_READ } from './scopes.ts';

const SPREADSHEET = 'application/vnd.google-apps.spreadsheet';

/** The routes. */
export const driveRoutes: readonly Route[] = [
  {
    id: 'files.list',
    method: 'GET',
    path: '/drive/v3/files',
    needsOneOf: FILES_READ,
    effect: 'read',
    handle: listFiles,
  },
  {
    id: 'files.get',
    method: 'GET',
    path: '/drive/v3/files/{fileId}',
    needsOneOf: FILES_READ,
    effect: 'read',
    handle: (call) => {
      const id = call.params.fileId ?? '';
      const file = allFiles(call).find((candidate) => candidate.id === id);
      return file === undefined ? { refused: 'not-found', detail: id } : { answer: json(200, shown(file)) };
    },
  },
];

function listFiles(call: Call): Handled {
  const { q, pageSize, pageToken } = call.request.query;
  const matches = parseQuery(q ?? '');
  if (matches === null) return { refused: 'bad-request', detail: 'q' };
  const size = pageSize === undefined ? 100 : Number(pageSize);
  if (!Number.isInteger(size) || size < 1 || size > 1000)
    return { refused: 'bad-request', detail: 'pageSize' };
  const from = pageToken === undefined ? 0 : decodePage(pageToken);
  if (from === null) return { refused: 'bad-request', detail: 'pageToken' };
  const found = allFiles(call).filter(matches);
  const next = from + size < found.length ? { nextPageToken: encodePage(from + size) } : {};
  const files = found.slice(from, from + size).map(shown);
  return { answer: json(200, { kind: 'drive#fileList', ...next, incompleteSearch: false, files }) };
}

function allFiles({ data }: Call): readonly JsonObject[] {
  const spreadsheets = data('spreadsheets')
    .list()
    .map((stored) => {
      const id = String(stored.spreadsheetId);
      return { id, name: bookOf(id, stored).title, mimeType: SPREADSHEET };
    });
  return [...spreadsheets, ...data('files').list()];
}

const shown = (file: JsonObject): JsonObject => ({
  kind: 'drive#file',
  mimeType: file.mimeType ?? 'application/octet-stream',
  id: file.id ?? '',
  name: file.name ?? '',
});

const encodePage = (from: number) => base64url(`files:${from}`);

function decodePage(token: string): number | null {
  const match = /^files:(\d+)$/.exec(textFromBase64(token));
  return match === null ? null : Number(match[1]);
}
