// @octokit/auth-app: it signs for another installation token after 59 minutes of its own clock, whatever the server says.

import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { accountAt, story } from './story.mjs';

const { api, tokenUrl, clientId, clientSecret } = accountAt('github');
const [, installationId] = /installations\/(\d+)/.exec(tokenUrl);

const octokit = new Octokit({
  baseUrl: api,
  authStrategy: createAppAuth,
  auth: { appId: clientId, privateKey: clientSecret, installationId },
});
const first = octokit.auth({ type: 'installation' });

await story({
  call: async () => {
    const { data } = await octokit.request('GET /installation/repositories');
    const stranger = new Octokit({ baseUrl: api, auth: (await first).token });
    const again = await stranger
      .request('GET /installation/repositories')
      .catch(({ message }) => ({ message }));
    const said = again.message ?? 'good';
    return `${data.total_count} repositories; the first token: ${said}`;
  },
  limited: () => octokit.request('GET /installation/repositories'),
  scope: () => octokit.request('DELETE /repos/{owner}/{repo}', { owner: 'acme', repo: 'website' }),
  revoked: () => octokit.request('GET /installation/repositories'),
});
