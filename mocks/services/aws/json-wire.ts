// The words of DynamoDB and of Lambda: both JSON, but one says 400 where the other says 403.

import type { Answer } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { jsonAnswer, restAnswer } from './answers.ts';
import { denial } from './denial.ts';
import { DYNAMODB_ROUTES, tableArnOf } from './dynamodb.ts';
import { instantOf } from './issue-session.ts';
import { type Protocol, rowsOf, words } from './situations.ts';

type Said = string | ((refused: Refused) => string);
const messageOf = (message: Said, refused: Refused) =>
  typeof message === 'string' ? message : message(refused);

const EXPIRED = 'The security token included in the request is expired';
const INVALID = 'The security token included in the request is invalid.';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const mismatch = ({ detail }: Refused) => detail ?? MISMATCH;
const stale = ({ cause, detail, nowMs }: Refused) => {
  const compact = instantOf(nowMs).replace(/[-:]/g, '');
  return cause === 'assertion-expired'
    ? `Signature expired: ${detail} is now earlier than ${compact} (15 min.)`
    : `Signature not yet current: ${detail} is still later than ${compact} (15 min.)`;
};

const DYNAMODB_ERRORS = 'docs.aws.amazon.com: DynamoDB developer guide, error handling';
const dynamo =
  (type: string, message: Said) =>
  (refused: Refused): Answer =>
    jsonAnswer(refused, 400, {
      // Its own errors come with one prefix, those that all services share with another.
      __type: `${OWN.includes(type) ? 'com.amazonaws.dynamodb.v20120810' : 'com.amazon.coral.service'}#${type}`,
      message: messageOf(message, refused),
    });
const OWN: readonly string[] = ['ResourceNotFoundException'];

const target = (operation: string, body: unknown) =>
  ({
    call: '/',
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify(body),
  }) as const;
const KEY = { id: { S: '1001' } };
const dynamodbRoutes = DYNAMODB_ROUTES.map(({ id }) => id);

const DYNAMODB: Protocol = {
  id: 'dynamodb',
  routes: dynamodbRoutes,
  probe: target('GetItem', { TableName: 'Orders', Key: KEY }),
  words: {
    expired: words(
      'observed',
      'MaterializeInc/materialize and others: answers quoted in public issue threads',
      dynamo('ExpiredTokenException', EXPIRED),
    ),
    'unknown-key': words('documented', DYNAMODB_ERRORS, dynamo('UnrecognizedClientException', INVALID)),
    'wrong-signature': words(
      'observed',
      'boto/boto#1552, aws/aws-sdk-js#284; other services say it with 403',
      dynamo('InvalidSignatureException', mismatch),
    ),
    skewed: words(
      'assumed',
      'common experience: the code of a wrong signature, with words of its own',
      dynamo('InvalidSignatureException', stale),
    ),
    'older-sessions-denied': words(
      'assumed',
      'docs.aws.amazon.com: IAM user guide, revoking temporary security credentials',
      dynamo('AccessDeniedException', denial),
    ),
    denied: words('documented', DYNAMODB_ERRORS, dynamo('AccessDeniedException', denial)),
    'not-allowed': words('documented', DYNAMODB_ERRORS, dynamo('AccessDeniedException', denial)),
    unsigned: words(
      'documented',
      DYNAMODB_ERRORS,
      dynamo('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    ),
    throttled: words('documented', DYNAMODB_ERRORS, dynamo('ThrottlingException', 'Rate exceeded')),
  },
};

const COMMON = 'docs.aws.amazon.com: common errors of Lambda, Signer and others';
const rest =
  (status: number, code: string, message: Said) =>
  (refused: Refused): Answer =>
    restAnswer(refused, status, { message: messageOf(message, refused) }, { 'x-amzn-errortype': code });
const LAMBDA_ROUTES = ['lambda.GetFunction', 'lambda.DeleteFunction'];
const FUNCTION = '/2015-03-31/functions/nightly';

const LAMBDA: Protocol = {
  id: 'lambda',
  routes: LAMBDA_ROUTES,
  probe: { call: FUNCTION },
  words: {
    expired: words('documented', COMMON, rest(403, 'ExpiredTokenException', EXPIRED)),
    'unknown-key': words('documented', COMMON, rest(403, 'UnrecognizedClientException', INVALID)),
    'wrong-signature': words('assumed', COMMON, rest(403, 'InvalidSignatureException', mismatch)),
    skewed: words('assumed', COMMON, rest(403, 'InvalidSignatureException', stale)),
    'older-sessions-denied': words(
      'assumed',
      'docs.aws.amazon.com: IAM user guide, revoking temporary security credentials',
      rest(403, 'AccessDeniedException', denial),
    ),
    denied: words('documented', COMMON, rest(403, 'AccessDeniedException', denial)),
    'not-allowed': words('documented', COMMON, rest(403, 'AccessDeniedException', denial)),
    unsigned: words(
      'assumed',
      COMMON,
      rest(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
    ),
    throttled: words(
      'documented',
      'docs.aws.amazon.com: Lambda API reference',
      rest(429, 'TooManyRequestsException', 'Rate Exceeded.'),
    ),
  },
};

/** What DynamoDB and Lambda say. */
export const JSON_WIRE: readonly WireRow[] = [
  ...rowsOf(DYNAMODB),
  {
    id: 'dynamodb-no-table',
    at: 'resource',
    routes: dynamodbRoutes,
    causes: ['not-found'],
    produce: [target('GetItem', { TableName: 'Nothing', Key: KEY })],
    source: DYNAMODB_ERRORS,
    sureness: 'documented',
    answer: dynamo('ResourceNotFoundException', ({ detail }) => detail ?? ''),
  },
  {
    id: 'dynamodb-table-of-another-account',
    at: 'resource',
    routes: dynamodbRoutes,
    causes: ['other-tenant'],
    produce: [target('GetItem', { TableName: tableArnOf('globex', 'Orders'), Key: KEY })],
    source: DYNAMODB_ERRORS,
    sureness: 'documented',
    answer: dynamo('AccessDeniedException', denial),
  },
  {
    id: 'dynamodb-malformed',
    at: 'resource',
    routes: dynamodbRoutes,
    causes: ['bad-request'],
    produce: [target('GetItem', { TableName: 'Orders', Key: {} })],
    source: DYNAMODB_ERRORS,
    sureness: 'documented',
    answer: (refused) =>
      dynamo(
        refused.code ?? 'ValidationException',
        refused.detail ?? 'Start of structure or map found where not expected',
      )(refused),
  },
  ...rowsOf(LAMBDA),
  {
    id: 'lambda-no-function',
    at: 'resource',
    routes: LAMBDA_ROUTES,
    causes: ['not-found'],
    produce: [{ call: '/2015-03-31/functions/nothing' }],
    source: 'docs.aws.amazon.com: Lambda API reference',
    sureness: 'documented',
    answer: rest(404, 'ResourceNotFoundException', ({ detail }) => detail ?? ''),
  },
];
