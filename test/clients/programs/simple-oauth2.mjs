// simple-oauth2: `expired` goes by the stated end, and `refresh` is the caller's to call.

import { AuthorizationCode } from 'simple-oauth2';
import { accountAt, story } from './story.mjs';

const { api, tokenUrl, clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('zoom');

const client = new AuthorizationCode({
  client: { id: clientId, secret: clientSecret },
  auth: { tokenHost: api, tokenPath: new URL(tokenUrl).pathname },
});
let tokens = client.createToken({
  ...{ access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt },
});

async function get(path) {
  if (tokens.expired()) tokens = await tokens.refresh();
  const headers = { authorization: `Bearer ${tokens.token.access_token}` };
  const answer = await fetch(`${api}${path}`, { headers });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.message ?? body.error), { code: answer.status });
  return body;
}

await story(
  {
    call: async () => {
      const { meetings } = await get('/v2/users/me/meetings');
      return `${meetings.length} meetings`;
    },
    scope: () => get('/v2/users'),
  },
  ({ code, output, data, message }) => `${code ?? output?.statusCode}: ${data?.payload?.error ?? message}`,
);
