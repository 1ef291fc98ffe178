// What STS alone says: roles that may not be assumed, durations out of bounds, tokens of identity providers.

import { ACCESS_TOKEN_ENDED, CLIENT_REFUSED, REFRESH_BARRED } from '../../causes.ts';
import type { Refused, WireRow } from '../../service.ts';
import { roleArnOf } from './ids.ts';
import { fieldsOf } from './protocol.ts';
import { says, sts } from './query-wire.ts';

const MINUTE_MS = 60_000;
const REFERENCE = 'docs.aws.amazon.com: STS API reference';
const ASSUME = `${REFERENCE}, AssumeRole`;
const WEB_IDENTITY = `${REFERENCE}, AssumeRoleWithWebIdentity`;
const ROLE = encodeURIComponent(roleArnOf({ id: 'acme-aws', tenant: 'acme' }));
const assume = (more: string) => sts(`Action=AssumeRole&RoleArn=${ROLE}&RoleSessionName=nightly${more}`);
const WITH_WEB_IDENTITY = `Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=${ROLE}&RoleSessionName=nightly&WebIdentityToken={assertion}`;

const mayNotAssume = ({ request, detail }: Refused) =>
  `User: ${detail} is not authorized to perform: sts:AssumeRole on resource: ${fieldsOf(request).RoleArn}`;

const ROLE_CLOSED = [...ACCESS_TOKEN_ENDED, ...REFRESH_BARRED, 'not-found', 'other-tenant'] as const;

/** What STS says. */
export const STS_WIRE: readonly WireRow[] = [
  {
    id: 'sts-assume-role-denied',
    at: 'resource',
    routes: ['sts.AssumeRole'],
    causes: ROLE_CLOSED,
    produce: [{ act: 'end-refresh' }, assume('')],
    source: 'Netflix/security_monkey#77; of a role that does not exist AWS says the same',
    sureness: 'observed',
    answer: says(403, 'AccessDenied', mayNotAssume),
  },
  {
    id: 'sts-session-may-not',
    at: 'resource',
    routes: ['sts.GetSessionToken'],
    causes: ['denied-by-policy'],
    produce: [sts('Action=GetSessionToken')],
    source: 'aws/aws-sdk-net#1704, aws/aws-sdk-js#3670',
    sureness: 'observed',
    answer: says(403, 'AccessDenied', 'Cannot call GetSessionToken with session credentials'),
  },
  {
    id: 'sts-duration-refused',
    at: 'resource',
    routes: ['sts.AssumeRole'],
    causes: ['bad-request'],
    produce: [assume('&DurationSeconds=43200')],
    source: `${ASSUME}: 900 seconds to the role's maximum; one hour for roles assumed by role chaining`,
    sureness: 'documented',
    answer: says(400, 'ValidationError', ({ detail }) => detail ?? ''),
  },
  {
    id: 'sts-web-identity-expired',
    at: 'resource',
    routes: ['sts.AssumeRoleWithWebIdentity'],
    under: 'web-identity',
    causes: ['assertion-expired', 'assertion-from-future'],
    produce: [{ assert: 'own', fromMs: -2 * MINUTE_MS, untilMs: -MINUTE_MS, body: WITH_WEB_IDENTITY }],
    source: WEB_IDENTITY,
    sureness: 'documented',
    answer: says(
      400,
      'ExpiredTokenException',
      'The web identity token that was passed is expired or is not valid. Get a new identity token from the identity provider and then retry the request.',
    ),
  },
  {
    id: 'sts-web-identity-invalid',
    at: 'resource',
    routes: ['sts.AssumeRoleWithWebIdentity'],
    under: 'web-identity',
    causes: [...CLIENT_REFUSED, 'unknown-token'],
    produce: [{ assert: 'own', as: 'wrong-secret', body: WITH_WEB_IDENTITY }],
    source: WEB_IDENTITY,
    sureness: 'documented',
    answer: says(
      400,
      'InvalidIdentityToken',
      ({ detail }) =>
        detail ?? 'The web identity token that was passed could not be validated by Amazon Web Services.',
    ),
  },
  {
    id: 'sts-web-identity-rejected',
    at: 'resource',
    routes: ['sts.AssumeRoleWithWebIdentity'],
    under: 'web-identity',
    causes: ['offboarded', 'account-deleted'],
    produce: [{ act: 'offboard' }, { assert: 'own', body: WITH_WEB_IDENTITY }],
    source: WEB_IDENTITY,
    sureness: 'documented',
    answer: says(
      403,
      'IDPRejectedClaim',
      'The identity provider (IdP) reported that authentication failed. This might be because the claim is invalid.',
    ),
  },
  {
    id: 'sts-web-identity-denied',
    at: 'resource',
    routes: ['sts.AssumeRoleWithWebIdentity'],
    under: 'web-identity',
    causes: ROLE_CLOSED.filter((cause) => cause !== 'offboarded' && cause !== 'account-deleted'),
    produce: [{ act: 'revoke' }, { assert: 'own', body: WITH_WEB_IDENTITY }],
    source: 'aws-amplify/aws-sdk-android#9',
    sureness: 'observed',
    answer: says(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'),
  },
];
