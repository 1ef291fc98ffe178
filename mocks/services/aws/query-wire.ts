// The words of STS and IAM: the Query protocol, which also answers where no route fits.

import type { Answer } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { queryError } from './answers.ts';
import { denial } from './denial.ts';
import { type Protocol, rowsOf, words } from './situations.ts';

const COMMON = 'docs.aws.amazon.com: STS API reference, common error types';
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const iam = (fields: string) =>
  ({ call: '/', method: 'POST', body: `Version=2010-05-08&${fields}`, headers: FORM }) as const;
/** A request to STS in the form of the Query protocol. */
export const sts = (fields: string) =>
  ({ call: '/', method: 'POST', body: `Version=2011-06-15&${fields}`, headers: FORM }) as const;

const serviceOf = ({ route }: Refused) => (route?.id.startsWith('iam.') ? 'iam' : 'sts');
/** Says it as STS or IAM do. */
export const says =
  (status: number, code: string, message: string | ((refused: Refused) => string)) =>
  (refused: Refused): Answer =>
    queryError(
      refused,
      serviceOf(refused),
      status,
      code,
      typeof message === 'string' ? message : message(refused),
    );

const QUERY: Protocol = {
  id: 'query',
  probe: iam('Action=GetRole&RoleName=acme-aws'),
  words: {
    expired: words(
      'observed',
      'prowler-cloud/prowler: answers quoted in public issue threads',
      says(403, 'ExpiredToken', 'The security token included in the request is expired'),
    ),
    'unknown-key': words(
      'documented',
      COMMON,
      says(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
    ),
    'wrong-signature': words(
      'documented',
      COMMON,
      says(
        403,
        'SignatureDoesNotMatch',
        ({ detail }) =>
          detail ??
          'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      ),
    ),
    skewed: words(
      'documented',
      COMMON,
      says(
        400,
        'RequestExpired',
        'The request reached the service more than 15 minutes after the date stamp on the request.',
      ),
    ),
    'older-sessions-denied': words(
      'assumed',
      'docs.aws.amazon.com: IAM user guide, revoking temporary security credentials (a deny by aws:TokenIssueTime)',
      says(403, 'AccessDenied', denial),
    ),
    denied: words('documented', COMMON, says(403, 'AccessDenied', denial)),
    'not-allowed': words('documented', COMMON, says(403, 'AccessDenied', denial)),
    unsigned: words(
      'documented',
      COMMON,
      says(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'),
    ),
    throttled: words('documented', COMMON, says(400, 'Throttling', 'Rate exceeded')),
  },
};

/** What STS and IAM say. */
export const QUERY_WIRE: readonly WireRow[] = [
  ...rowsOf(QUERY),
  {
    id: 'query-missing-action',
    at: 'resource',
    routes: ['query.nothing'],
    causes: ['missing-parameter'],
    produce: [{ ...sts(''), as: 'nobody' }],
    source: COMMON,
    sureness: 'documented',
    answer: says(400, 'MissingAction', ({ detail }) => detail ?? ''),
  },
  {
    id: 'query-validation-error',
    at: 'resource',
    causes: ['bad-request', 'missing-parameter'],
    produce: [iam('Action=GetRole')],
    source: COMMON,
    sureness: 'documented',
    answer: says(400, 'ValidationError', ({ detail }) => detail ?? ''),
  },
  {
    id: 'iam-no-such-entity',
    at: 'resource',
    routes: ['iam.GetRole'],
    causes: ['not-found', 'other-tenant'],
    produce: [iam('Action=GetRole&RoleName=globex-aws')],
    source: 'docs.aws.amazon.com: IAM API reference, GetRole',
    sureness: 'documented',
    answer: says(404, 'NoSuchEntity', ({ detail }) => detail ?? ''),
  },
];
