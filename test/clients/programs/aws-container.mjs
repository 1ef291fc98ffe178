// @aws-sdk/credential-providers, fromHttp: the container's credentials, fetched again five minutes before their end.

import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromHttp } from '@aws-sdk/credential-providers';
import { accountAt, story } from './story.mjs';

const { api, clientSecret, account } = accountAt('aws');

const client = new STSClient({
  ...{ endpoint: api, region: 'us-east-1' },
  credentials: fromHttp({
    awsContainerCredentialsFullUri: `${api}/v2/credentials/${account}`,
    awsContainerAuthorizationToken: clientSecret,
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
