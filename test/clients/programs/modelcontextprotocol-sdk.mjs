// @modelcontextprotocol/sdk: it refreshes once a call was refused; a dead grant sends the user to the login page.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { accountAt, story } from './story.mjs';

const { api, clientId, accessToken, refreshToken } = accountAt('mcp');

let tokens = { access_token: accessToken, refresh_token: refreshToken, token_type: 'Bearer' };
let verifier = '';
let loginPages = 0;
const authProvider = {
  redirectUrl: 'http://localhost/callback',
  clientMetadata: { redirect_uris: ['http://localhost/callback'] },
  clientInformation: () => ({ client_id: clientId }),
  tokens: () => tokens,
  saveTokens: (saved) => {
    tokens = saved;
  },
  redirectToAuthorization: () => {
    loginPages++;
  },
  saveCodeVerifier: (saved) => {
    verifier = saved;
  },
  codeVerifier: () => verifier,
  invalidateCredentials: (what) => {
    if (what === 'all' || what === 'tokens') tokens = undefined;
  },
};

const client = new Client({ name: 'judge', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(`${api}/mcp`), { authProvider }));

await story(
  {
    call: async () => {
      const { tools } = await client.listTools();
      return `${tools.length} tools`;
    },
    scope: () => client.callTool({ name: 'delete_note', arguments: { id: 'n1' } }),
  },
  ({ code, message }) => `${code ?? 'no code'}: ${message.split('\n')[0]}; ${loginPages} login pages`,
);
