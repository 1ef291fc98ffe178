// @slack/oauth: `authorize` refreshes what ends within two hours, and only logs it where that fails.

import { InstallProvider } from '@slack/oauth';
import { LogLevel, WebClient } from '@slack/web-api';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('slack');
const clientOptions = { slackApiUrl: `${api}/api/` };

const query = { teamId: 'T1', isEnterpriseInstall: false };
let installation = {
  team: { id: 'T1' },
  enterprise: undefined,
  authVersion: 'v2',
  user: { id: 'U1', token: undefined, scopes: undefined },
  bot: {
    token: accessToken,
    refreshToken,
    expiresAt: Date.parse(expiresAt) / 1000,
    scopes: ['channels:read'],
    id: 'B1',
    userId: 'U2',
  },
};
const provider = new InstallProvider({
  ...{ clientId, clientSecret, stateSecret: 'state', clientOptions, logLevel: LogLevel.ERROR },
  installationStore: {
    storeInstallation: async (stored) => {
      installation = stored;
    },
    fetchInstallation: async () => installation,
    deleteInstallation: async () => {},
  },
});

async function client() {
  const { botToken } = await provider.authorize(query);
  return new WebClient(botToken, clientOptions);
}

await story({
  call: async () => {
    const { team } = await (await client()).auth.test();
    return `team ${team}`;
  },
  scope: async () => (await client()).users.list(),
});
