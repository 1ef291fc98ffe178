// @spotify/web-api-ts-sdk: it refreshes once the stated end is past, as a public client.

import { SpotifyApi } from '@spotify/web-api-ts-sdk';
import { accountAt, story } from './story.mjs';

const { clientId, accessToken, refreshToken, expiresAt } = accountAt('spotify');

const api = SpotifyApi.withAccessToken(clientId, {
  ...{ access_token: accessToken, refresh_token: refreshToken, token_type: 'Bearer' },
  expires_in: (Date.parse(expiresAt) - Date.now()) / 1000,
});

await story({
  call: async () => {
    const { items } = await api.currentUser.playlists.playlists();
    return `${items.length} playlists`;
  },
  scope: () => api.player.getRecentlyPlayedTracks(),
});
