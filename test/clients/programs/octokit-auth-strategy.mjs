// The same as the strategy of an Octokit: its hook forgets the token that it refreshed, and refreshes again with the old one.

import { createOAuthUserAuth } from '@octokit/auth-oauth-user';
import { Octokit } from '@octokit/core';
import { accountAt, story, told } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('github');

const octokit = new Octokit({
  baseUrl: api,
  authStrategy: createOAuthUserAuth,
  auth: {
    ...{ clientType: 'github-app', clientId, clientSecret },
    ...{ token: accessToken, refreshToken, expiresAt },
    refreshTokenExpiresAt: new Date(Date.now() + 180 * 86_400_000).toISOString(),
  },
});

async function user() {
  const { data } = await octokit.request('GET /user');
  return `user ${data.login}`;
}

await story({ call: async () => `${await user()}, and again: ${await user().catch(told)}` });
