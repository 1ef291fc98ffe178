// What Spotify offers: who one is, playlists and what is in them, and what was played.

import { cellsOf } from '../../cells.ts';
import { base64 } from '../../encoding.ts';
import { type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { playlistIdOf } from './seed.ts';

const READ_PLAYLISTS = ['playlist-read-private'];
const CHANGE_PLAYLISTS = ['playlist-modify-private', 'playlist-modify-public'];
const LIMIT_DEFAULT = 20;
const LIMIT_MOST = 50;
const TRACKS_MOST = 100;
const TRACKS = '/v1/playlists/{id}/tracks';

/** The routes. */
export const ROUTES: readonly Route[] = [
  {
    id: 'me',
    method: 'GET',
    path: '/v1/me',
    needsOneOf: [],
    effect: 'read',
    handle: ({ account: { id } }) => ({
      answer: json(200, {
        id,
        display_name: id,
        type: 'user',
        uri: `spotify:user:${id}`,
        product: 'premium',
      }),
    }),
  },
  {
    id: 'me.playlists',
    method: 'GET',
    path: '/v1/me/playlists',
    needsOneOf: READ_PLAYLISTS,
    effect: 'read',
    handle: (call) =>
      page(
        call,
        call
          .data('playlists')
          .list()
          .map((playlist) => shown(call, playlist)),
      ),
  },
  {
    id: 'me.recently-played',
    method: 'GET',
    path: '/v1/me/player/recently-played',
    needsOneOf: ['user-read-recently-played'],
    effect: 'read',
    handle: ({ data }) => ({ answer: json(200, { items: data('played').list(), next: null }) }),
  },
  {
    id: 'playlists.create',
    method: 'POST',
    path: '/v1/users/{user}/playlists',
    needsOneOf: CHANGE_PLAYLISTS,
    effect: 'write',
    handle: createPlaylist,
  },
  {
    id: 'playlists.read',
    method: 'GET',
    path: '/v1/playlists/{id}',
    needsOneOf: READ_PLAYLISTS,
    effect: 'read',
    handle: (call) => withPlaylist(call, (playlist) => ({ answer: json(200, shown(call, playlist)) })),
  },
  {
    id: 'tracks.list',
    method: 'GET',
    path: TRACKS,
    needsOneOf: READ_PLAYLISTS,
    effect: 'read',
    handle: (call) =>
      withPlaylist(call, (playlist) =>
        page(
          call,
          urisOf(playlist).map((uri) => ({ track: { uri, type: 'track' } })),
        ),
      ),
  },
  {
    id: 'tracks.add',
    method: 'POST',
    path: TRACKS,
    needsOneOf: CHANGE_PLAYLISTS,
    effect: 'write',
    handle: (call) => withPlaylist(call, (playlist) => addTracks(call, playlist)),
  },
];

function createPlaylist(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  if (body === null) return { refused: 'bad-request', detail: 'Error parsing JSON.' };
  if (typeof body.name !== 'string' || body.name === '') {
    return { refused: 'bad-request', detail: 'Missing required field: name' };
  }
  if (call.params.user !== call.account.id) return { refused: 'denied-by-policy' };
  const playlists = call.data('playlists');
  const id = playlistIdOf(call.account.tenant, playlists.nextNumber());
  const playlist = { id, name: body.name, description: body.description ?? null, uris: [] };
  playlists.put(id, playlist);
  return { answer: json(201, shown(call, playlist)), writes: [{ place: 'playlists', cells: cellsOf(body) }] };
}

function addTracks(call: Call, playlist: JsonObject): Handled {
  const uris = parseJsonObject(call.request.body)?.uris;
  if (!Array.isArray(uris) || uris.length === 0)
    return { refused: 'bad-request', detail: 'No uris provided' };
  if (uris.length > TRACKS_MOST) {
    return { refused: 'bad-request', detail: `You can add a maximum of ${TRACKS_MOST} tracks per request.` };
  }
  const strange = uris.find((uri) => typeof uri !== 'string' || !uri.startsWith('spotify:'));
  if (strange !== undefined) return { refused: 'bad-request', detail: 'Invalid track uri' };
  const changed = { ...playlist, uris: [...urisOf(playlist), ...uris] };
  call.data('playlists').put(String(playlist.id), changed);
  return {
    answer: json(201, { snapshot_id: snapshotOf(changed) }),
    writes: uris.map((uri) => ({ place: `playlists/${playlist.id}`, cells: { uri: String(uri) } })),
  };
}

function withPlaylist(call: Call, handle: (playlist: JsonObject) => Handled): Handled {
  const id = call.params.id ?? '';
  const playlist = call.data('playlists').get(id);
  if (playlist !== null) return handle(playlist);
  return { refused: call.heldElsewhere('playlists', id) ? 'other-tenant' : 'not-found' };
}

function page(call: Call, all: readonly JsonObject[]): Handled {
  const { query, path } = call.request;
  const [limit, offset] = [Number(query.limit ?? LIMIT_DEFAULT), Number(query.offset ?? 0)];
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MOST) {
    return { refused: 'bad-request', detail: 'Invalid limit' };
  }
  if (!Number.isInteger(offset) || offset < 0) return { refused: 'bad-request', detail: 'Invalid offset' };
  const link = (from: number) =>
    `${call.origin}${path}?${new URLSearchParams({ offset: String(from), limit: String(limit) })}`;
  return {
    answer: json(200, {
      href: link(offset),
      items: all.slice(offset, offset + limit),
      limit,
      next: offset + limit < all.length ? link(offset + limit) : null,
      offset,
      previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
      total: all.length,
    }),
  };
}

const shown = ({ account, origin }: Call, playlist: JsonObject): JsonObject => ({
  id: playlist.id ?? null,
  name: playlist.name ?? null,
  description: playlist.description ?? null,
  public: false,
  collaborative: false,
  owner: { id: account.id, type: 'user' },
  tracks: { href: `${origin}/v1/playlists/${playlist.id}/tracks`, total: urisOf(playlist).length },
  snapshot_id: snapshotOf(playlist),
  type: 'playlist',
  uri: `spotify:playlist:${playlist.id}`,
});

const urisOf = ({ uris }: JsonObject): readonly string[] =>
  Array.isArray(uris) ? uris.filter((uri) => typeof uri === 'string') : [];

// A snapshot names a state of the playlist; here its id and its length, which only grows.
const snapshotOf = (playlist: JsonObject) => base64(`${urisOf(playlist).length},${playlist.id}`);
