// dropbox: it refreshes by itself, five minutes before the stated end.

import { Dropbox } from 'dropbox';
import { accountAt, story } from './story.mjs';

const { clientId, clientSecret, accessToken, refreshToken, expiresAt } = accountAt('dropbox');

const dropbox = new Dropbox({
  ...{ clientId, clientSecret, accessToken, refreshToken },
  accessTokenExpiresAt: new Date(expiresAt),
});

await story(
  {
    call: async () => {
      const { result } = await dropbox.filesListFolder({ path: '' });
      return `${result.entries.length} entries`;
    },
    scope: () => dropbox.sharingListFolders(),
  },
  ({ status, error }) => `${status}: ${error.error_summary ?? error.error}`,
);
