// oauth4webapi: every step is the caller's; an expired token is a challenge, a dead grant an error of its own.

import * as oauth from 'oauth4webapi';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken } = accountAt('auth0');

const insecure = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(`${api}/`);
const found = await oauth.discoveryRequest(issuer, insecure);
const server = await oauth.processDiscoveryResponse(issuer, found);
const client = { client_id: clientId };
const clientAuth = oauth.ClientSecretPost(clientSecret);
let tokens = { access_token: accessToken, refresh_token: refreshToken };

async function get(path) {
  const url = new URL(path, api);
  const answer = await oauth.protectedResourceRequest(
    ...[tokens.access_token, 'GET', url, undefined, undefined, insecure],
  );
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.message ?? body.error), { code: answer.status });
  return body;
}

async function call() {
  const users = await get('/api/v2/users');
  return `${users.length} users`;
}

async function renew() {
  const answer = await oauth.refreshTokenGrantRequest(
    ...[server, client, clientAuth, tokens.refresh_token, insecure],
  );
  tokens = await oauth.processRefreshTokenResponse(server, client, answer);
}

await story(
  {
    call,
    renewed: async () => {
      await renew();
      return call();
    },
    limited: () => get('/api/v2/users'),
    scope: () => get('/api/v2/clients'),
    revoked: renew,
  },
  ({ code, error, cause, message }) => `${code}: ${error ?? cause?.[0]?.parameters?.error ?? message}`,
);
