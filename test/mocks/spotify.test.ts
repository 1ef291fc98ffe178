// What is special about Spotify: six months from the consent whatever happens, and refreshes that keep the old token.

import { describe, expect, test } from 'vitest';
import spotify from '../../mocks/services/spotify/index.ts';
import { bodyOf, visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const variant = (id: string) => spotify.variants[id]?.apply(spotify) ?? expect.unreachable();
const idsOf = (page: Record<string, unknown>) => (page.items as { id: string }[]).map(({ id }) => id);

describe('tokens', () => {
  test('a refresh with Basic credentials tells no refresh token, and the old one goes on', () => {
    const { form, account, client } = visit(spotify);
    expect(account.tokenRequest.clientAuth).toBe('basic');
    const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
    const fields = { grant_type: 'refresh_token', refresh_token: account.refreshToken ?? '' };
    const refresh = () => form('/api/token', fields, { authorization: `Basic ${basic}` });
    expect(bodyOf(refresh())).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'playlist-read-private playlist-modify-private',
    });
    expect(refresh().truth).toBe('ok');
  });

  test('no refresh moves the end of the six months', () => {
    const { refresh, advance, call } = visit(spotify);
    for (const days of [91, 91]) {
      advance(days * DAY);
      expect(refresh().truth).toBe('ok');
    }
    advance(DAY - 1);
    const token = String(bodyOf(refresh()).access_token);
    advance(1);
    expect(refresh()).toMatchObject({
      truth: 'capped',
      answer: { status: 400, body: { error: 'invalid_grant', error_description: 'Refresh token revoked' } },
    });
    expect(call('/v1/me', { token }).answer.status).toBe(200);
  });

  test('with PKCE the end is inherited by every new refresh token', () => {
    const { refresh, advance, account } = visit(variant('pkce'));
    advance(100 * DAY);
    const fresh = String(bodyOf(refresh()).refresh_token);
    expect(fresh).not.toBe(account.refreshToken);
    expect(refresh().truth).toBe('rotated');
    advance(83 * DAY);
    expect(refresh(fresh).truth).toBe('capped');
  });

  test('the other lifetimes', () => {
    const old = visit(variant('unlimited-refresh'));
    old.advance(3650 * DAY);
    expect(old.refresh().truth).toBe('ok');
    const sliding = visit(variant('sliding-six-months'));
    for (let month = 0; month < 12; month++) {
      sliding.advance(30 * DAY);
      expect(sliding.refresh().truth).toBe('ok');
    }
    sliding.advance(183 * DAY);
    expect(sliding.refresh().truth).toBe('idle');
  });

  test('expired and revoked are told apart, in the body alone', () => {
    const expired = visit(spotify);
    expired.advance(HOUR);
    const { answer } = expired.call('/v1/me');
    expect(answer.body).toEqual({ error: { status: 401, message: 'The access token expired' } });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    const revoked = visit(spotify);
    revoked.act({ act: 'revoke' });
    expect(bodyOf(revoked.call('/v1/me'))).toEqual({
      error: { status: 401, message: 'Invalid access token' },
    });
  });
});

describe('playlists', () => {
  test('are made, filled, and read page by page', () => {
    const { call, account } = visit(spotify);
    const made = call(`/v1/users/${account.id}/playlists`, { method: 'POST', body: { name: 'Night' } });
    expect(made.answer.status).toBe(201);
    expect(made.writes).toEqual([{ place: 'playlists', cells: { name: 'Night' } }]);
    const { id, snapshot_id } = bodyOf(made);
    const uris = Array.from({ length: 25 }, (_, n) => `spotify:track:${n}`);
    const added = call(`/v1/playlists/${id}/tracks`, { method: 'POST', body: { uris } });
    expect(added.writes).toHaveLength(25);
    expect(bodyOf(added).snapshot_id).not.toBe(snapshot_id);
    const first = bodyOf(call(`/v1/playlists/${id}/tracks`));
    expect(first).toMatchObject({ total: 25, limit: 20, previous: null });
    const next = new URL(String(first.next));
    const second = bodyOf(call(`${next.pathname}${next.search}`));
    expect(second.next).toBeNull();
    expect([first, second].flatMap((page) => page.items)).toHaveLength(25);
    expect(idsOf(bodyOf(call('/v1/me/playlists')))).toContain(id);
  });

  test.each([
    [{}, 'No uris provided'],
    [{ uris: [] }, 'No uris provided'],
    [{ uris: ['track:1'] }, 'Invalid track uri'],
    [{ uris: Array(101).fill('spotify:track:1') }, 'You can add a maximum of 100 tracks per request.'],
  ])('take no %j', (body, message) => {
    const { call } = visit(spotify);
    const [id] = idsOf(bodyOf(call('/v1/me/playlists')));
    const refused = call(`/v1/playlists/${id}/tracks`, { method: 'POST', body });
    expect(refused.writes).toEqual([]);
    expect(bodyOf(refused).error).toEqual({ status: 400, message });
  });

  test("of somebody else are not found, and nobody fills another's account", () => {
    const visited = visit(spotify);
    const other = visited.connect('globex-spotify', 'globex');
    const [theirs] = idsOf(bodyOf(visited.call('/v1/me/playlists', { token: other.accessToken })));
    const { truth, answer } = visited.call(`/v1/playlists/${theirs}`);
    expect([truth, answer.status]).toEqual(['other-tenant', 404]);
    const body = { name: 'Mine' };
    expect(visited.call('/v1/users/globex-spotify/playlists', { method: 'POST', body }).answer.status).toBe(
      403,
    );
  });
});
