// @hubspot/api-client: it does not refresh; an expired token is an ApiException that says so.

import { Client } from '@hubspot/api-client';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken } = accountAt('hubspot');

const client = new Client({ accessToken, basePath: api });

async function call() {
  const { results } = await client.crm.deals.basicApi.getPage(1);
  return `${results.length} deals`;
}

await story(
  {
    call,
    renewed: async () => {
      const tokens = await client.oauth.tokensApi.create(
        'refresh_token',
        ...[undefined, undefined, clientId, clientSecret, refreshToken],
      );
      client.setAccessToken(tokens.accessToken);
      return call();
    },
    scope: () => client.crm.owners.ownersApi.getPage(),
  },
  ({ code, body }) => `${code}: ${body.category ?? JSON.stringify(body)}`,
);
