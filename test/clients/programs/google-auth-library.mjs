// google-auth-library: it refreshes by itself, some minutes before the token ends.

import { OAuth2Client } from 'google-auth-library';
import { accountAt, story } from './story.mjs';

const { api, tokenUrl, clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('google');

const client = new OAuth2Client({ clientId, clientSecret, endpoints: { oauth2TokenUrl: tokenUrl } });
client.setCredentials({
  access_token: accessToken,
  refresh_token: refreshToken,
  expiry_date: Date.parse(expiresAt),
});

await story({
  call: async () => {
    const { data } = await client.request({ url: `${api}/drive/v3/files` });
    return `${data.files.length} files`;
  },
  scope: () => client.request({ url: `${api}/gmail/v1/users/me/profile` }),
});
