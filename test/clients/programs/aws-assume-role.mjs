// @aws-sdk/credential-providers, fromTemporaryCredentials: another session five minutes before the end of the last.

import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { accountAt, story } from './story.mjs';

const { api, clientId, clientSecret, installation } = accountAt('aws');
const clientConfig = { endpoint: api, region: 'us-east-1' };

const client = new STSClient({
  ...clientConfig,
  credentials: fromTemporaryCredentials({
    masterCredentials: { accessKeyId: clientId, secretAccessKey: clientSecret },
    params: { RoleArn: installation, RoleSessionName: 'nightly' },
    clientConfig,
  }),
});

await story(
  {
    call: async () => {
      const { Arn } = await client.send(new GetCallerIdentityCommand());
      return Arn;
    },
    scope: () =>
      client.send(
        new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/other', RoleSessionName: 'judge' }),
      ),
  },
  ({ name, message }) => `${name}: ${message}`,
);
