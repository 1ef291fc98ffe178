// The words of EC2: an expired session and a stale signature share a code that the others use for the clock only.

import type { Answer } from '../../http.ts';
import type { Refused, WireRow } from '../../service.ts';
import { ec2Error } from './answers.ts';
import { denial } from './denial.ts';
import { type Protocol, rowsOf, words } from './situations.ts';

const CODES = 'docs.aws.amazon.com: EC2 API reference, error codes';
const ROUTES = ['ec2.DescribeInstances', 'ec2.StopInstances', 'ec2.TerminateInstances'];
const says =
  (status: number, code: string, message: string | ((refused: Refused) => string)) =>
  (refused: Refused): Answer =>
    ec2Error(refused, status, code, typeof message === 'string' ? message : message(refused));
const ec2 = (fields: string) =>
  ({
    call: '/',
    method: 'POST',
    body: `Version=2016-11-15&${fields}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  }) as const;
const unauthorized = says(
  403,
  'UnauthorizedOperation',
  (refused) => `You are not authorized to perform this operation. ${denial(refused)}`,
);
const invalid = says(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials');

const EC2: Protocol = {
  id: 'ec2',
  routes: ROUTES,
  probe: ec2('Action=DescribeInstances'),
  words: {
    expired: words(
      'assumed',
      `${CODES}; not confirmed word by word`,
      says(400, 'RequestExpired', 'Request has expired.'),
    ),
    'unknown-key': words('observed', 'ansible/ansible#5647, hashicorp/terraform#17273', invalid),
    'wrong-signature': words('observed', 'ansible/ansible#5647, hashicorp/terraform#17273', invalid),
    skewed: words('documented', CODES, says(400, 'RequestExpired', 'Request has expired.')),
    'older-sessions-denied': words(
      'assumed',
      'docs.aws.amazon.com: IAM user guide, revoking temporary security credentials',
      unauthorized,
    ),
    denied: words('documented', CODES, unauthorized),
    'not-allowed': words('documented', CODES, unauthorized),
    unsigned: words(
      'documented',
      CODES,
      says(
        403,
        'MissingAuthenticationToken',
        'The request must contain either a valid (registered) AWS access key ID or X.509 certificate.',
      ),
    ),
    throttled: words('documented', CODES, says(503, 'RequestLimitExceeded', 'Request limit exceeded.')),
  },
};

/** What EC2 says. */
export const EC2_WIRE: readonly WireRow[] = [
  ...rowsOf(EC2),
  {
    id: 'ec2-no-instance',
    at: 'resource',
    routes: ROUTES,
    causes: ['not-found', 'other-tenant'],
    produce: [ec2('Action=DescribeInstances&InstanceId.1=i-00000000000000000')],
    source: CODES,
    sureness: 'documented',
    answer: says(400, 'InvalidInstanceID.NotFound', ({ detail }) => detail ?? ''),
  },
  {
    id: 'ec2-missing-parameter',
    at: 'resource',
    routes: ROUTES,
    causes: ['missing-parameter'],
    produce: [ec2('Action=StopInstances')],
    source: CODES,
    sureness: 'documented',
    answer: says(400, 'MissingParameter', ({ detail }) => detail ?? ''),
  },
];
