// What Dropbox offers: every call is a POST; arguments come as JSON in the body, or in a header beside content.

import { base64url, textFromBase64 } from '../../encoding.ts';
import { type JsonObject, json, parseJsonObject } from '../../http.ts';
import { bearer } from '../../presented-token.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { accountIdOf } from './account.ts';
import { contentOf, entriesOf, fileShown, filesOf, findFile, missing } from './files.ts';
import { fileIdOf } from './seed.ts';

const LIMIT_DEFAULT = 500;
const LIMIT_MOST = 2000;

type Function = (call: Call, argument: JsonObject) => Handled;

/** The routes. */
export const ROUTES: readonly Route[] = [
  rpc('users/get_current_account', 'account_info.read', readAccount),
  rpc('files/list_folder', 'files.metadata.read', listFolder),
  rpc('files/list_folder/continue', 'files.metadata.read', listOn),
  rpc('files/get_metadata', 'files.metadata.read', readMetadata),
  content('files/download', 'files.content.read', 'read', download),
  content('files/upload', 'files.content.write', 'write', upload),
  rpc('files/delete_v2', 'files.content.write', remove, 'write'),
  rpc('sharing/list_folders', 'sharing.read', () => ({ answer: json(200, { entries: [] }) })),
  {
    id: 'auth.token.revoke',
    method: 'POST',
    path: '/2/auth/token/revoke',
    needsOneOf: [],
    effect: 'write',
    handle: ({ tokens, request }) => {
      tokens.revoke(bearer(request) ?? '');
      return { answer: json(200, null) };
    },
  },
];

function rpc(name: string, scope: string, handle: Function, effect: Route['effect'] = 'read'): Route {
  return {
    id: name.replaceAll('/', '.'),
    method: 'POST',
    path: `/2/${name}`,
    needsOneOf: [scope],
    effect,
    handle: (call) => withArgument(call, call.request.body, handle),
  };
}

function content(name: string, scope: string, effect: Route['effect'], handle: Function): Route {
  return {
    ...rpc(name, scope, handle, effect),
    handle: (call) => {
      const { headers, query } = call.request;
      return withArgument(call, headers['dropbox-api-arg'] ?? query.arg ?? '', handle);
    },
  };
}

// A function without an argument is called with `null`, or with no body at all.
function withArgument(call: Call, text: string, handle: Function): Handled {
  const argument = text === '' || text === 'null' ? {} : parseJsonObject(text);
  if (argument === null) {
    return { refused: 'bad-request', detail: 'request body: could not decode input as JSON' };
  }
  return handle(call, argument);
}

function readAccount({ account }: Call): Handled {
  return {
    answer: json(200, {
      account_id: accountIdOf(account),
      name: { display_name: account.id, given_name: account.id, surname: account.tenant },
      email: `${account.id}@${account.tenant}.example`,
      email_verified: true,
      disabled: false,
      account_type: { '.tag': 'business' },
    }),
  };
}

function listFolder(call: Call, argument: JsonObject): Handled {
  const { path, recursive = false, limit = LIMIT_DEFAULT } = argument;
  if (typeof path !== 'string') return malformed("request body: missing required field 'path'");
  if (path === '/') return malformed('request body: path: Specify the root folder as an empty string');
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > LIMIT_MOST) {
    return malformed(`request body: limit: must be a whole number from 1 to ${LIMIT_MOST}`);
  }
  return pageOf(call, { path, recursive: recursive === true, limit, from: 0 });
}

function listOn(call: Call, { cursor }: JsonObject): Handled {
  const page = typeof cursor === 'string' ? parseJsonObject(decode(cursor)) : null;
  if (page === null) return malformed('request body: cursor: Invalid "cursor" parameter');
  return pageOf(call, {
    path: String(page.path),
    recursive: page.recursive === true,
    limit: Number(page.limit),
    from: Number(page.from),
  });
}

interface Page {
  readonly path: string;
  readonly recursive: boolean;
  readonly limit: number;
  readonly from: number;
}

function pageOf(call: Call, page: Page): Handled {
  const entries = entriesOf(call, page.path, page.recursive);
  if (entries === null) return missing(call, page.path, 'path');
  const end = page.from + page.limit;
  const cursor = base64url(JSON.stringify({ ...page, from: Math.min(end, entries.length) }));
  return {
    answer: json(200, { entries: entries.slice(page.from, end), cursor, has_more: end < entries.length }),
  };
}

function readMetadata(call: Call, { path }: JsonObject): Handled {
  if (typeof path !== 'string') return malformed("request body: missing required field 'path'");
  const file = findFile(call, path);
  return file === null ? missing(call, path, 'path') : { answer: json(200, fileShown(file)) };
}

function download(call: Call, { path }: JsonObject): Handled {
  if (typeof path !== 'string') return malformed('HTTP header "Dropbox-API-Arg": missing field \'path\'');
  const file = findFile(call, path);
  if (file === null) return missing(call, path, 'path');
  const { '.tag': _tag, ...metadata } = fileShown(file);
  const headers = {
    'content-type': 'application/octet-stream',
    'dropbox-api-result': JSON.stringify(metadata),
  };
  return { answer: { status: 200, headers, body: contentOf(file) } };
}

function upload(call: Call, { path }: JsonObject): Handled {
  if (typeof path !== 'string' || !/^\/[^/]/.test(path)) {
    return malformed('HTTP header "Dropbox-API-Arg": path: must be the path of a file');
  }
  const files = call.data('files');
  const old = findFile(call, path);
  const id = old === null ? freshFileId(call) : String(old.id);
  const modified = new Date(call.nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const file = { id, path, content: call.request.body, modified };
  files.put(id, file);
  const { '.tag': _tag, ...metadata } = fileShown(file);
  return { answer: json(200, metadata), writes: [{ place: path, cells: { content: call.request.body } }] };
}

function remove(call: Call, { path }: JsonObject): Handled {
  if (typeof path !== 'string') return malformed("request body: missing required field 'path'");
  const file = findFile(call, path);
  if (file === null) return missing(call, path, 'path_lookup');
  call.data('files').delete(String(file.id));
  return {
    answer: json(200, { metadata: fileShown(file) }),
    writes: [{ place: String(file.path), cells: { deleted: 'true' } }],
  };
}

function freshFileId(call: Call): string {
  const taken = new Set(filesOf(call).map(({ id }) => id));
  for (;;) {
    const id = fileIdOf(call.account.tenant, call.data('files').nextNumber());
    if (!taken.has(id)) return id;
  }
}

const malformed = (detail: string): Handled => ({ refused: 'bad-request', detail });
const decode = (cursor: string) => textFromBase64(cursor);
