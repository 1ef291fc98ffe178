// box-node-sdk: it refreshes when a call was refused, and calls again.

import { BoxClient, BoxOAuth, OAuthConfig } from 'box-node-sdk';
import { BaseUrls } from 'box-node-sdk/networking/baseUrls';
import { NetworkSession } from 'box-node-sdk/networking/network';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken } = accountAt('box');

const auth = new BoxOAuth({ config: new OAuthConfig({ clientId, clientSecret }) });
await auth.tokenStorage.store({ accessToken, refreshToken, expiresIn: 3600 });
const baseUrls = new BaseUrls({ baseUrl: api, uploadUrl: api, oauth2Url: `${api}/oauth2` });
const client = new BoxClient({ auth, networkSession: new NetworkSession({ baseUrls }) });

await story({
  call: async () => {
    const { entries } = await client.folders.getFolderItems('0');
    return `${entries.length} items`;
  },
  scope: () => client.users.getUsers(),
});
