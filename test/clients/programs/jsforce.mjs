// @jsforce/jsforce-node: it refreshes when a call was refused, and calls again.

import { Connection } from '@jsforce/jsforce-node';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, accessToken, refreshToken } = accountAt('salesforce');

const connection = new Connection({
  oauth2: { loginUrl: api, clientId, clientSecret },
  ...{ instanceUrl: api, accessToken, refreshToken, version: '60.0' },
});

await story({
  call: async () => {
    const { totalSize } = await connection.query('SELECT Id FROM Account');
    return `${totalSize} accounts`;
  },
});
