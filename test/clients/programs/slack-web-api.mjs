// @slack/web-api: it waits out a rate limit by itself; the end of a token is an error of its own.

import { WebClient } from '@slack/web-api';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken } = accountAt('slack');

const clientWith = (token) => new WebClient(token, { slackApiUrl: `${api}/api/` });
let client = clientWith(accessToken);

async function call() {
  const { team } = await client.auth.test();
  return `team ${team}`;
}

await story({
  call,
  renewed: async () => {
    const tokens = await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    client = clientWith(tokens.access_token);
    return call();
  },
  scope: () => client.users.list(),
});
