// better-auth, genericOAuth: `getAccessToken` refreshes five seconds before the stated end, and keeps the tokens.

import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { genericOAuth } from 'better-auth/plugins';
import { accountAt, story } from './story.mjs';

const { api, tokenUrl, clientId, clientSecret, accessToken, refreshToken, expiresAt } =
  accountAt('atlassian');

const now = new Date();
const auth = betterAuth({
  ...{ baseURL: 'http://localhost', secret: 'a secret of this test alone, long enough' },
  telemetry: { enabled: false },
  database: memoryAdapter({
    user: [
      {
        id: 'u1',
        name: 'Ada',
        email: 'ada@acme.example',
        emailVerified: true,
        createdAt: now,
        updatedAt: now,
      },
    ],
    account: [
      {
        ...{
          id: 'a1',
          userId: 'u1',
          providerId: 'atlassian',
          accountId: 'acme',
          createdAt: now,
          updatedAt: now,
        },
        ...{ accessToken, refreshToken, accessTokenExpiresAt: new Date(expiresAt) },
      },
    ],
    session: [],
    verification: [],
  }),
  plugins: [
    genericOAuth({
      config: [
        {
          ...{ providerId: 'atlassian', clientId, clientSecret, tokenUrl },
          authorizationUrl: new URL('/authorize', tokenUrl).href,
        },
      ],
    }),
  ],
});

async function get(path) {
  const body = { accountId: 'a1', userId: 'u1' };
  const tokens = await auth.api.getAccessToken({ body });
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  const answer = await fetch(`${api}${path}`, { headers });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.message ?? said.error), { code: answer.status });
  return said;
}

await story(
  {
    call: async () => {
      const sites = await get('/oauth/token/accessible-resources');
      return `${sites.length} sites`;
    },
    scope: async () => {
      const [site] = await get('/oauth/token/accessible-resources');
      return get(`/ex/jira/${site.id}/rest/api/3/auditing/record`);
    },
  },
  ({ code, statusCode, body, message }) => `${code ?? statusCode}: ${body?.code ?? message}`,
);
