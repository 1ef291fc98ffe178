// Server authentication with the app's password: the client credentials grant, for an enterprise or a user of it.

import type { ExtensionGrant, Variant, WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';
import { enterpriseIdOf } from './ids.ts';
import { forServerApp, subjectOf } from './server-app.ts';

const GUIDE = 'developer.box.com/guides/authentication/client-credentials';
const GRANT_TYPE = 'client_credentials';
const HERE = { box_subject_type: 'enterprise', box_subject_id: enterpriseIdOf('acme') };
const ASK = { refresh: 'missing', grantType: GRANT_TYPE } as const;

const earn: ExtensionGrant = ({ request, fields, tokens }) => {
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const { box_subject_type: type, box_subject_id: id } = fields;
  if (type === undefined) return { refused: 'missing-parameter', detail: 'box_subject_type' };
  const account = subjectOf(tokens, type, id);
  return account === null ? { refused: 'not-found' } : { account, scopes: null };
};

const wire: readonly WireRow[] = [
  {
    id: 'subject-missing',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [ASK],
    source: `${GUIDE}; the words are not documented`,
    sureness: 'assumed',
    answer: ({ detail }) => oauthError('invalid_request', `Invalid ${detail} parameter or parameter missing`),
  },
  {
    id: 'subject-unknown',
    at: 'token',
    causes: ['not-found'],
    produce: [{ ...ASK, fields: { ...HERE, box_subject_id: '1' } }],
    source: 'support.box.com/hc/en-us/community/posts/40759661076755',
    sureness: 'observed',
    answer: () => oauthError('invalid_grant', 'Grant credentials are invalid'),
  },
];

/** The variant. */
export const clientCredentials: Variant = {
  title: 'an app with server authentication: tokens by client credentials, no user and no refresh token',
  status: 'real',
  source: GUIDE,
  apply: (service) =>
    forServerApp(service, {
      ask: { ...ASK, fields: HERE },
      wire,
      extensionGrants: { [GRANT_TYPE]: earn },
    }),
};
