// @anthropic-ai/sdk, with a login of a user: it refreshes in the background, and keeps the tokens in a file.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { accountAt, story } from './story.mjs';

const { api, clientId, accessToken, refreshToken, expiresAt } = accountAt('anthropic');

const path = join(process.env.HOME, 'credentials.json');
const tokens = { access_token: accessToken, refresh_token: refreshToken };
const credentials = {
  ...{ version: '1.0', type: 'oauth_token', ...tokens },
  expires_at: Date.parse(expiresAt) / 1000,
};
writeFileSync(path, JSON.stringify(credentials), { mode: 0o600 });

const client = new Anthropic({
  baseURL: api,
  config: {
    authentication: { type: 'user_oauth', client_id: clientId, credentials_path: path },
    base_url: api,
  },
});

await story({
  call: async () => {
    const { data } = await client.models.list();
    const kept = JSON.parse(readFileSync(path, 'utf8'));
    return `${data.length} models, ${kept.refresh_token === refreshToken ? 'the first' : 'another'} refresh token`;
  },
  scope: () => client.post('/api/oauth/claude_cli/create_api_key'),
});
