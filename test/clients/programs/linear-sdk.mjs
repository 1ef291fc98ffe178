// @linear/sdk: it does not refresh; an expired token is an AuthenticationLinearError.

import { LinearClient } from '@linear/sdk';
import { accountAt, story } from './story.mjs';

const { api, tokenUrl, clientId, clientSecret, accessToken, refreshToken } = accountAt('linear');

const clientWith = (token) => new LinearClient({ accessToken: token, apiUrl: `${api}/graphql` });
let client = clientWith(accessToken);

async function call() {
  const { name } = await client.viewer;
  return `viewer ${name}`;
}

await story(
  {
    call,
    renewed: async () => {
      const fields = { grant_type: 'refresh_token', refresh_token: refreshToken };
      const body = new URLSearchParams({ ...fields, client_id: clientId, client_secret: clientSecret });
      const answer = await fetch(tokenUrl, { method: 'POST', body });
      client = clientWith((await answer.json()).access_token);
      return call();
    },
    scope: () => client.createIssue({ teamId: 'team', title: 'x' }),
  },
  ({ type, message }) => `${type}: ${message.split('\n')[0]}`,
);
