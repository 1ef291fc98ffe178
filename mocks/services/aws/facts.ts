// What is known of AWS beyond its answers to refusals: lifetimes, limits, and how its own SDKs go about them.

import type { Service } from '../../service.ts';

const STS = 'docs.aws.amazon.com: STS API reference';
const SDK = '@smithy/core 3.41, read';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'what an account carries',
    says:
      'as access token the JSON that a credential_process prints (without its Expiration), as client the key of an ' +
      'IAM user, as installation the ARN of the role; the client secret is also the token of the container endpoint',
    source:
      "docs.aws.amazon.com: AWS SDKs and tools reference, process credential provider; the choice is the mock's",
    sureness: 'documented',
  },
  {
    about: 'session lifetime',
    says: 'AssumeRole: 900 seconds to the maximum of the role (one to twelve hours), one hour where nothing is asked',
    source: `${STS}, AssumeRole`,
    sureness: 'documented',
  },
  {
    about: 'role chaining',
    says: 'a role that is assumed with a session of a role lasts one hour at most; more is a ValidationError',
    source: `${STS}, AssumeRole`,
    sureness: 'documented',
  },
  {
    about: 'session of the IAM user',
    says: 'GetSessionToken: 900 to 129600 seconds, twelve hours where nothing is asked; never with a session',
    source: `${STS}, GetSessionToken`,
    sureness: 'documented',
  },
  {
    about: 'refresh',
    says: 'there is none: a session cannot be extended, a new one is asked for',
    source: 'docs.aws.amazon.com: IAM user guide, temporary security credentials',
    sureness: 'documented',
  },
  {
    about: 'revoking older sessions',
    says: 'a policy denies by aws:TokenIssueTime: sessions do not end, every call is AccessDenied, new ones work',
    source: 'docs.aws.amazon.com: IAM user guide, revoking temporary security credentials',
    sureness: 'documented',
  },
  {
    about: 'expiry in the words of each protocol',
    says: 'STS and IAM 403 ExpiredToken, DynamoDB 400 ExpiredTokenException, S3 400, EC2 400 RequestExpired',
    source:
      'answers quoted in public issue threads; for others docs.aws.amazon.com: 403 ExpiredTokenException',
    sureness: 'observed',
  },
  {
    about: 'clock skew',
    says: 'a signature counts for fifteen minutes before and after its date',
    source: 'docs.aws.amazon.com: common errors, RequestExpired',
    sureness: 'documented',
  },
  {
    about: 'an identity provider that does not answer',
    says: '400 IDPCommunicationError where STS could not reach it to check a web identity token: later is better; the mock always reaches it',
    source: 'docs.aws.amazon.com: STS API reference, AssumeRoleWithWebIdentity',
    sureness: 'documented',
  },
  {
    about: 'instance metadata',
    says: 'a token of 1 to 21600 seconds by PUT, then the name of the role, then its credentials',
    source: '@smithy/credential-provider-imds 4.5.2, read; docs.aws.amazon.com: EC2 user guide',
    sureness: 'documented',
  },
  {
    about: 'credentials of machines and containers',
    says: 'the same until five minutes before their end, then new ones; six hours each',
    source: 'docs.aws.amazon.com: EC2 user guide (the five minutes); the six hours are common experience',
    sureness: 'assumed',
  },
  {
    about: 'static stability',
    says: 'an SDK that gets no better goes on to use expired credentials from the instance metadata, by design',
    source: '@smithy/credential-provider-imds 4.5.2, read (the variant `stale-metadata` brings it about)',
    sureness: 'documented',
  },
  {
    about: 'caching in the SDK for JavaScript',
    says: 'refreshes when less than five minutes remain, once per provider; never again on ExpiredToken',
    source: SDK,
    sureness: 'documented',
  },
  {
    about: 'GetCallerIdentity',
    says: 'needs no permission, and no policy can deny it: a session that is denied all else still learns its name',
    source: `${STS}, GetCallerIdentity`,
    sureness: 'documented',
  },
  {
    about: 'access key ids',
    says: 'hold the number of their AWS account, and are no secret',
    source: 'public write-ups of the format of access key ids; docs.aws.amazon.com: STS, GetAccessKeyInfo',
    sureness: 'observed',
  },
  {
    about: 'permissions of the IAM user',
    says: 'in the mock it may call STS and nothing else; all other permissions are with the roles',
    source: 'docs.aws.amazon.com: IAM user guide, security best practices',
    sureness: 'assumed',
  },
];
