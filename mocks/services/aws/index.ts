// `aws`: sessions of roles, every call signed, and expiry told in another way by each protocol.

import type { Service, Variant } from '../../service.ts';
import { computeRoutes } from './compute.ts';
import { documentOf, secretParts } from './credentials.ts';
import { DYNAMODB_ROUTES } from './dynamodb.ts';
import { EC2_WIRE } from './ec2-wire.ts';
import { FACTS } from './facts.ts';
import { roleArnOf, sessionKeyId, userKeyId } from './ids.ts';
import { JSON_WIRE } from './json-wire.ts';
import { type MetadataSetup, metadataRoutes } from './metadata.ts';
import { METADATA_WIRE } from './metadata-wire.ts';
import { presentedToken, proofRefusal } from './proof.ts';
import { QUERY_WIRE } from './query-wire.ts';
import { S3_ROUTES } from './s3.ts';
import { S3_WIRE } from './s3-wire.ts';
import { seed } from './seed.ts';
import { type SessionLimits, STS_BUCKET } from './session-limits.ts';
import { present } from './sign.ts';
import { stsRoutes } from './sts.ts';
import { STS_WIRE } from './sts-wire.ts';
import { webIdentity, webIdentityRoute } from './web-identity.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ONE_HOUR: SessionLimits = { most: 3600, usual: 3600 };
const NEWEST: MetadataSetup = { stale: false, version1: false };

// Buckets may be called anything, so that the paths of S3 come last.
const routesOf = (limits: SessionLimits, metadata: MetadataSetup) => [
  ...metadataRoutes(metadata),
  ...stsRoutes(limits),
  webIdentityRoute(limits),
  ...computeRoutes(limits.most),
  ...DYNAMODB_ROUTES,
  ...S3_ROUTES,
];

const longSessions: Variant = {
  title: 'roles whose sessions may last twelve hours; those that roles assume in a chain still end after one',
  status: 'real',
  source: 'docs.aws.amazon.com: IAM user guide, the maximum session duration of a role',
  apply: (service) => ({ ...service, routes: routesOf({ ...ONE_HOUR, most: 43_200 }, NEWEST) }),
};

const imdsV1: Variant = {
  title: 'instance metadata that also answers without a token (version 1)',
  status: 'real',
  source: 'docs.aws.amazon.com: EC2 user guide, use the Instance Metadata Service (HttpTokens: optional)',
  apply: (service) => ({
    ...service,
    routes: routesOf(ONE_HOUR, { ...NEWEST, version1: true }),
  }),
};

const staleMetadata: Variant = {
  title: 'the credential endpoints hand out the last credentials for ever, even after their end',
  status: 'real',
  source: '@smithy/credential-provider-imds 4.5.2, which is made for it (static stability)',
  apply: (service) => ({ ...service, routes: routesOf(ONE_HOUR, { ...NEWEST, stale: true }) }),
};

const throttled: Variant = {
  title:
    'one call a second and AWS account, and one of STS; more is throttled, in the words of each protocol',
  status: 'real',
  source: 'docs.aws.amazon.com: request throttling for the EC2 API; quotas differ and are far higher',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      callsPerWindow: 1,
      buckets: { [STS_BUCKET]: { capacity: 1, refillPerSecond: 1 } },
    },
    usageWindowMs: 1000,
  }),
};

const fifteenMinutes: Variant = {
  title: 'sessions of a role last fifteen minutes where nothing else is asked for',
  status: 'claimed',
  source:
    'a widespread claim: IAM roles, fifteen minutes; AWS documents that as the least, one hour as the usual',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, access: { kind: 'fixed', ttlMs: 15 * MINUTE_MS } },
    routes: routesOf({ ...ONE_HOUR, usual: 900 }, NEWEST),
  }),
};

const aws: Service = {
  id: 'aws',
  title: 'AWS: STS, credential endpoints, and a little of S3, DynamoDB, EC2, Lambda and IAM',
  hosts: [
    'sts.amazonaws.com',
    'sts.us-east-1.amazonaws.com',
    'iam.amazonaws.com',
    's3.amazonaws.com',
    's3.us-east-1.amazonaws.com',
    'dynamodb.us-east-1.amazonaws.com',
    'ec2.us-east-1.amazonaws.com',
    'lambda.us-east-1.amazonaws.com',
    '169.254.169.254',
    '169.254.170.2',
  ],
  policy: {
    access: { kind: 'fixed', ttlMs: HOUR_MS },
    askedTtl: { minMs: 15 * MINUTE_MS, maxMs: 36 * HOUR_MS },
    refresh: { kind: 'none' },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
  },
  facts: FACTS,
  scopes: [
    's3:GetObject',
    's3:PutObject',
    's3:ListBucket',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'ec2:DescribeInstances',
    'ec2:StopInstances',
    'lambda:GetFunction',
    'iam:GetRole',
  ],
  endpoints: { token: ['/'], revoke: [], authorize: [] },
  tokenRequest: { encoding: 'form', clientAuth: ['body'] },
  presentedToken,
  // A signature over the whole request, made with the parts of the token: no text can say it.
  authorization: 'AWS4-HMAC-SHA256',
  statesLifetime: true,
  earnsRefreshToken: () => false,
  acts: {
    // A console password is no credential of the API, and nobody is asked to be present.
    'change-password': () => null,
    'require-reauth': () => null,
    // The role no longer trusts anybody: sessions live on, and there are no new ones.
    'end-refresh': () => ({ kind: 'bar', bar: { cause: 'revoked-by-admin', from: 'refresh' } }),
  },
  clientId: userKeyId,
  installationOf: roleArnOf,
  present,
  proofRefusal,
  secretParts,
  mintAccess: (randomness, key, account) => documentOf(sessionKeyId(account, randomness, key)),
  mintRefresh: (randomness, key) => randomness.chars(40, 'refresh token', key),
  tokenAnswer: ({ access }) => ({ status: 200, headers: {}, body: access.value }),
  revokeAnswer: () => ({ status: 200, headers: {}, body: '' }),
  wire: [...METADATA_WIRE, ...QUERY_WIRE, ...STS_WIRE, ...JSON_WIRE, ...EC2_WIRE, ...S3_WIRE],
  routes: routesOf(ONE_HOUR, NEWEST),
  seed,
  idFields: { 'lambda-functions': 'FunctionName' },
  variants: {
    'web-identity': webIdentity,
    'long-sessions': longSessions,
    'imds-v1': imdsV1,
    'stale-metadata': staleMetadata,
    throttled,
    'fifteen-minutes': fifteenMinutes,
  },
};

export default aws;
