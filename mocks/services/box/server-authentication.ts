// An app that speaks for itself: each token is asked for with the app's own credentials, and there is none to refresh.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import type { ExtensionGrant, Variant, WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';
import { API_WIRE } from './api-wire.ts';
import { enterpriseIdOf, userIdOf } from './ids.ts';
import { CLIENT_WIRE } from './oauth-wire.ts';

const GRANT_TYPE = 'client_credentials';
const HERE = { box_subject_type: 'enterprise', box_subject_id: enterpriseIdOf('acme') };

// The token is for a user of the enterprise, or for the enterprise's service account: here the first of its accounts.
const clientCredentials: ExtensionGrant = ({ request, fields, tokens }) => {
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const { box_subject_type: type, box_subject_id: id } = fields;
  if (type === undefined || id === undefined)
    return { refused: 'missing-parameter', detail: 'box_subject_type' };
  const account = tokens
    .accounts()
    .find((candidate) => id === (type === 'user' ? userIdOf(candidate) : enterpriseIdOf(candidate.tenant)));
  return account === undefined ? { refused: 'not-found' } : { account, scopes: null };
};

const wire: readonly WireRow[] = [
  {
    id: 'subject-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing', grantType: GRANT_TYPE }],
    source: 'developer.box.com/guides/authentication/client-credentials; the words are not documented',
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('invalid_request', `Invalid ${detail} parameter or parameter missing`),
  },
  {
    id: 'subject-unknown',
    at: 'token',
    causes: ['not-found'],
    produce: [{ refresh: 'missing', grantType: GRANT_TYPE, fields: { ...HERE, box_subject_id: '1' } }],
    source: 'support.box.com: the grant credentials are invalid',
    sureness: 'observed',
    answer: () => oauthError('invalid_grant', 'Grant credentials are invalid'),
  },
  {
    id: 'app-not-authorized',
    at: 'token',
    causes: ACCESS_TOKEN_ENDED,
    produce: [{ act: 'revoke-by-admin' }, { refresh: 'missing', grantType: GRANT_TYPE, fields: HERE }],
    source: 'developer.box.com/guides/api-calls/permissions-and-errors/common-errors',
    sureness: 'documented',
    answer: () => oauthError('unauthorized_client', 'This app is not authorized by the enterprise admin'),
  },
];

const clientWire = CLIENT_WIRE.map((row) =>
  row.id === 'grant-barred'
    ? {
        ...row,
        produce: [
          { act: 'restrict-service' },
          { refresh: 'missing', grantType: GRANT_TYPE, fields: HERE },
        ] satisfies WireRow['produce'],
      }
    : row,
);

/** The variant. */
export const serverAuthentication: Variant = {
  title: 'an app with server authentication: tokens by client credentials, no user and no refresh token',
  status: 'real',
  source: 'developer.box.com/guides/authentication/client-credentials',
  apply: (service) => ({
    ...service,
    policy: { ...service.policy, refresh: { kind: 'none' }, rotation: 'none' },
    endpoints: { ...service.endpoints, authorize: [] },
    extensionGrants: { [GRANT_TYPE]: clientCredentials },
    // The app is authorized by an administrator: nothing that happens to one user ends it.
    acts: {
      revoke: () => null,
      offboard: () => null,
      'change-password': () => null,
      'withdraw-consent': () => null,
      'require-reauth': () => null,
    },
    wire: [...clientWire, ...wire, ...API_WIRE],
  }),
};
