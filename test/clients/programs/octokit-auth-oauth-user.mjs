// @octokit/auth-oauth-user: `auth()` refreshes the user's token once its stated end is past.

import { createOAuthUserAuth } from '@octokit/auth-oauth-user';
import { request as octokitRequest } from '@octokit/request';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('github');

const request = octokitRequest.defaults({ baseUrl: api });
const auth = createOAuthUserAuth({
  ...{ clientType: 'github-app', clientId, clientSecret, request },
  ...{ token: accessToken, refreshToken, expiresAt },
  refreshTokenExpiresAt: new Date(Date.now() + 180 * 86_400_000).toISOString(),
});

async function authorized(route, parameters) {
  const { token } = await auth();
  return request(route, { ...parameters, headers: { authorization: `token ${token}` } });
}

await story({
  call: async () => {
    const { data } = await authorized('GET /user');
    return `user ${data.login}`;
  },
  scope: () => authorized('DELETE /repos/{owner}/{repo}', { owner: 'acme', repo: 'website' }),
});
