// openid-client: it does not refresh by itself; an expired token is a challenge, a dead grant an error of its own.

import { allowInsecureRequests, discovery, fetchProtectedResource, refreshTokenGrant } from 'openid-client';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken } = accountAt('okta');

const config = await discovery(new URL(api), clientId, clientSecret, undefined, {
  execute: [allowInsecureRequests],
});
let tokens = { access_token: accessToken, refresh_token: refreshToken };

async function get(path) {
  const answer = await fetchProtectedResource(config, tokens.access_token, new URL(path, api), 'GET');
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.errorSummary), { code: answer.status });
  return body;
}

async function call() {
  const users = await get('/api/v1/users');
  return `${users.length} users`;
}

async function renew() {
  // Where the refresh token stays as it is, the answer does not repeat it.
  tokens = { ...tokens, ...(await refreshTokenGrant(config, tokens.refresh_token)) };
}

await story(
  {
    call,
    renewed: async () => {
      await renew();
      return call();
    },
    limited: () => get('/api/v1/users'),
    scope: () => get('/api/v1/groups'),
    revoked: renew,
  },
  ({ code, error, cause, message }) => `${code}: ${error ?? cause?.[0]?.parameters?.error ?? message}`,
);
