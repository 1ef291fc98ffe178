// @aws-sdk/client-sts, with credentials that somebody gave it: it does not renew them, and says ExpiredToken.

import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromHttp } from '@aws-sdk/credential-providers';
import { accountAt, story } from './story.mjs';

const { api, accessToken, clientSecret, account, installation } = accountAt('aws');

const clientWith = (credentials) => new STSClient({ endpoint: api, region: 'us-east-1', credentials });
const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(accessToken);
let client = clientWith({
  ...{ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
});

async function call() {
  const { Arn } = await client.send(new GetCallerIdentityCommand());
  return Arn;
}

const assume = (RoleArn) => client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'judge' }));

await story(
  {
    call,
    renewed: async () => {
      const awsContainerCredentialsFullUri = `${api}/v2/credentials/${account}`;
      const options = { awsContainerCredentialsFullUri, awsContainerAuthorizationToken: clientSecret };
      client = clientWith(await fromHttp(options)());
      return call();
    },
    scope: () => assume('arn:aws:iam::000000000000:role/other'),
    // Who somebody is may be asked even by a session that may do nothing else.
    revoked: () => assume(installation),
  },
  ({ name, message }) => `${name}: ${message}`,
);
