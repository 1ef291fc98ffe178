// @azure/msal-node: `acquireTokenSilent` refreshes five minutes before the stated end.

import { ConfidentialClientApplication } from '@azure/msal-node';
import { accountAt, story } from './story.mjs';

const { clientId, clientSecret, refreshToken } = accountAt('microsoft');

const app = new ConfidentialClientApplication({ auth: { clientId, clientSecret } });
const scopes = ['User.Read'];
const { account } = await app.acquireTokenByRefreshToken({ scopes, refreshToken, forceCache: true });

async function get(path) {
  const { accessToken } = await app.acquireTokenSilent({ account, scopes });
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`https://graph.microsoft.com/v1.0${path}`, { headers });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error.message), { code: answer.status });
  return body;
}

await story({
  call: async () => {
    const { displayName } = await get('/me');
    return `user ${displayName}`;
  },
  scope: () => get('/users'),
});
