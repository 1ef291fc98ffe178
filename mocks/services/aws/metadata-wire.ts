// What the two credential endpoints say: one in the words of a small web server, the other in JSON.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import { type Answer, json } from '../../http.ts';
import type { WireRow } from '../../service.ts';

const IMDS = 'docs.aws.amazon.com: EC2 user guide, use the Instance Metadata Service';
const CONTAINER = '@aws-sdk/credential-provider-http 3.972.86, which reads Code and Message';
const ROLES = '/latest/meta-data/iam/security-credentials';
const ROLE_CLOSED = [...ACCESS_TOKEN_ENDED, 'service-restricted', 'ip-restricted'] as const;

const page = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<?xml version="1.0" encoding="iso-8859-1"?>\n<html><head><title>${status} - ${title}</title></head><body><h1>${status} - ${title}</h1></body></html>\n`,
});
const refused = (status: number, Code: string, Message: string): Answer => json(status, { Code, Message });

/** What the endpoints say. */
export const METADATA_WIRE: readonly WireRow[] = [
  {
    id: 'imds-token-missing-or-dead',
    at: 'resource',
    routes: ['imds.roles', 'imds.roles.unslashed', 'imds.credentials'],
    causes: ['no-token', 'unknown-token', 'expired'],
    produce: [{ call: `${ROLES}/`, as: 'nobody', headers: { 'x-aws-ec2-metadata-token': 'AQAEAold==' } }],
    source: IMDS,
    sureness: 'documented',
    answer: () => page(401, 'Unauthorized'),
  },
  {
    id: 'imds-token-malformed',
    at: 'resource',
    routes: ['imds.token'],
    causes: ['bad-request'],
    produce: [{ call: '/latest/api/token', method: 'PUT', as: 'nobody' }],
    source: IMDS,
    sureness: 'documented',
    answer: () => page(400, 'Bad Request'),
  },
  {
    id: 'imds-token-forwarded',
    at: 'resource',
    routes: ['imds.token'],
    causes: ['ip-restricted'],
    produce: [
      {
        call: '/latest/api/token',
        method: 'PUT',
        as: 'nobody',
        headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600', 'x-forwarded-for': '192.0.2.7' },
      },
    ],
    source: `${IMDS}: a request that came through a proxy is refused`,
    sureness: 'documented',
    answer: () => page(403, 'Forbidden'),
  },
  {
    id: 'imds-no-role',
    at: 'resource',
    routes: ['imds.roles', 'imds.roles.unslashed', 'imds.credentials'],
    causes: ['not-found'],
    under: 'imds-v1',
    produce: [{ call: `${ROLES}/nobodys-role`, as: 'nobody' }],
    source: IMDS,
    sureness: 'documented',
    answer: () => page(404, 'Not Found'),
  },
  {
    id: 'imds-role-not-assumed',
    at: 'resource',
    routes: ['imds.credentials'],
    causes: ROLE_CLOSED,
    under: 'imds-v1',
    produce: [{ act: 'revoke' }, { call: `${ROLES}/acme-aws`, as: 'nobody' }],
    source: 'docs.aws.amazon.com: IAM user guide, troubleshooting IAM and EC2; a failure with the status 200',
    sureness: 'documented',
    answer: ({ request }) =>
      json(200, {
        Code: 'AssumeRoleUnauthorizedAccess',
        Message: `EC2 cannot assume the role ${request.path.split('/').at(-1)}. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.`,
      }),
  },
  {
    id: 'container-token-refused',
    at: 'resource',
    routes: ['container.credentials'],
    causes: ['no-token', 'unknown-token'],
    produce: [{ call: '/v2/credentials/acme-aws', as: 'nobody', headers: { authorization: 'never-minted' } }],
    source: `${CONTAINER}; the words are a guess`,
    sureness: 'assumed',
    answer: () => refused(401, 'Unauthorized', 'The authorization token is missing or not valid.'),
  },
  {
    id: 'container-no-role',
    at: 'resource',
    routes: ['container.credentials'],
    causes: ['not-found'],
    produce: [{ call: '/v2/credentials/nobodys-role', as: 'client' }],
    source: `${CONTAINER}; the words are a guess`,
    sureness: 'assumed',
    answer: () => refused(404, 'InvalidIdInRequest', 'Credentials not found.'),
  },
  {
    id: 'container-role-not-assumed',
    at: 'resource',
    routes: ['container.credentials'],
    causes: ROLE_CLOSED,
    produce: [{ act: 'revoke' }, { call: '/v2/credentials/acme-aws', as: 'client' }],
    source: `${CONTAINER}; the words are a guess`,
    sureness: 'assumed',
    answer: () => refused(403, 'AccessDeniedException', 'The role may not be assumed.'),
  },
];
