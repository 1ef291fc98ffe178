// The words of S3, and its silence: an answer to HEAD has no body, so that an expired session is a bare 400.

import { type Answer, empty } from '../../http.ts';
import { masked } from '../../masked.ts';
import type { Refused, WireRow } from '../../service.ts';
import { s3Error, s3Headers } from './answers.ts';
import { denial } from './denial.ts';
import { instantOf } from './issue-session.ts';
import { S3_ROUTES } from './s3.ts';
import { bucketOf } from './seed.ts';
import { readSignature } from './signature.ts';
import { type Protocol, rowsOf, type Words, words } from './situations.ts';

const CODES = 'docs.aws.amazon.com: S3 API reference, error responses';
const HEAD = 's3.HeadObject';
const ROUTES = S3_ROUTES.map(({ id }) => id).filter((id) => id !== HEAD);
const OBJECT = `/${bucketOf('acme')}/reports/2026-03-01.csv`;
const SPOKEN = '/nobodys-bucket/x';

const says =
  (
    status: number,
    code: string,
    message: string | ((refused: Refused) => string),
    more: (refused: Refused) => Readonly<Record<string, string>> = () => ({}),
  ) =>
  (refused: Refused): Answer =>
    s3Error(refused, status, code, typeof message === 'string' ? message : message(refused), more(refused));

// A presigned request tells its own end, in the words of a denial.
function skewed(refused: Refused): Answer {
  const { code, detail, nowMs } = refused;
  if (code === 'presigned') return s3Error(refused, 403, 'AccessDenied', 'Request has expired');
  return s3Error(
    refused,
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {
      RequestTime: detail ?? '',
      ServerTime: instantOf(nowMs),
      MaxAllowedSkewMilliseconds: '900000',
    },
  );
}

const S3: Protocol = {
  id: 's3',
  routes: ROUTES,
  probe: { call: OBJECT },
  words: {
    expired: words(
      'assumed',
      `${CODES} (the code and the status); the token is shown by its ends only`,
      says(400, 'ExpiredToken', 'The provided token has expired.', ({ request }) => ({
        'Token-0': masked(readSignature(request)?.sessionToken ?? ''),
      })),
    ),
    'unknown-key': words(
      'documented',
      CODES,
      says(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        ({ request }) => ({ AWSAccessKeyId: readSignature(request)?.accessKeyId ?? '' }),
      ),
    ),
    'wrong-signature': words(
      'documented',
      CODES,
      says(
        403,
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      ),
    ),
    skewed: words('documented', CODES, skewed),
    'older-sessions-denied': words(
      'assumed',
      'docs.aws.amazon.com: IAM user guide, revoking temporary security credentials',
      says(403, 'AccessDenied', denial),
    ),
    denied: words('documented', CODES, says(403, 'AccessDenied', denial)),
    'not-allowed': words('documented', CODES, says(403, 'AccessDenied', denial)),
    unsigned: words('documented', CODES, says(403, 'AccessDenied', 'Access Denied')),
    throttled: words('documented', CODES, says(503, 'SlowDown', 'Please reduce your request rate.')),
  },
};

const bare = (status: number): Words =>
  words('documented', 'docs.aws.amazon.com: S3 API reference, HeadObject', (refused) =>
    empty(status, s3Headers(refused)),
  );

const S3_HEAD: Protocol = {
  id: 's3-head',
  routes: [HEAD],
  probe: { call: OBJECT, method: 'HEAD' },
  words: {
    expired: words('observed', 'HADOOP-18353: a bare 400 without a body', (refused) =>
      empty(400, s3Headers(refused)),
    ),
    'unknown-key': bare(403),
    'wrong-signature': bare(403),
    skewed: bare(403),
    'older-sessions-denied': bare(403),
    denied: bare(403),
    'not-allowed': bare(403),
    unsigned: bare(403),
    throttled: bare(503),
  },
};

/** What S3 says. */
export const S3_WIRE: readonly WireRow[] = [
  ...rowsOf(S3),
  {
    id: 's3-not-found',
    at: 'resource',
    routes: ROUTES,
    causes: ['not-found'],
    produce: [{ call: SPOKEN }],
    source: CODES,
    sureness: 'documented',
    answer: (refused) => {
      const { code, detail } = refused;
      return code === 'NoSuchBucket'
        ? s3Error(refused, 404, code, 'The specified bucket does not exist', { BucketName: detail ?? '' })
        : s3Error(refused, 404, 'NoSuchKey', 'The specified key does not exist.', { Key: detail ?? '' });
    },
  },
  {
    id: 's3-bucket-of-another-account',
    at: 'resource',
    routes: ROUTES,
    causes: ['other-tenant'],
    produce: [{ call: OBJECT, as: 'second' }],
    source: CODES,
    sureness: 'documented',
    answer: says(403, 'AccessDenied', 'Access Denied'),
  },
  ...rowsOf(S3_HEAD),
  {
    id: 's3-head-not-found',
    at: 'resource',
    routes: [HEAD],
    causes: ['not-found'],
    produce: [{ call: SPOKEN, method: 'HEAD' }],
    source: 'docs.aws.amazon.com: S3 API reference, HeadObject',
    sureness: 'documented',
    answer: (refused) => empty(404, s3Headers(refused)),
  },
  {
    id: 's3-head-of-another-account',
    at: 'resource',
    routes: [HEAD],
    causes: ['other-tenant'],
    produce: [{ call: OBJECT, method: 'HEAD', as: 'second' }],
    source: 'docs.aws.amazon.com: S3 API reference, HeadObject',
    sureness: 'documented',
    answer: (refused) => empty(403, s3Headers(refused)),
  },
];
