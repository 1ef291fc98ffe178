// intuit-oauth: `isAccessTokenValid` goes by the stated end, and `refresh` is the caller's to call.

import OAuthClient from 'intuit-oauth';
import { accountAt, story } from './story.mjs';

const { api, tokenUrl, clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('intuit');
OAuthClient.tokenEndpoint = tokenUrl;

const client = new OAuthClient({
  clientId,
  clientSecret,
  environment: 'production',
  redirectUri: 'http://localhost/',
});
client.setToken({
  ...{ token_type: 'bearer', access_token: accessToken, refresh_token: refreshToken },
  ...{
    expires_in: (Date.parse(expiresAt) - Date.now()) / 1000,
    x_refresh_token_expires_in: 8_726_400,
    createdAt: Date.now(),
  },
});
const realmId = process.env.CLIENT_REALM;

async function get(path) {
  if (!client.isAccessTokenValid()) await client.refresh();
  return client.makeApiCall({ url: `${api}${path}` });
}

await story({
  call: async () => {
    const { json } = await get(
      `/v3/company/${realmId}/query?query=${encodeURIComponent('select * from Invoice')}`,
    );
    return `${json.QueryResponse.Invoice.length} invoices`;
  },
  scope: () => get('/quickbooks/v4/payments/charges/1'),
});
