// Zendesk's words for every refusal.

import {
  ACCESS_TOKEN_ENDED,
  CALL_BARRED,
  CLIENT_REFUSED,
  CODE_DEAD,
  REFRESH_BARRED,
  REFRESH_TOKEN_DEAD,
} from '../../causes.ts';
import { json } from '../../http.ts';
import type { WireRow } from '../../service.ts';
import { apiError, oauthError, page } from './answers.ts';

const TICKETS = '/api/v2/tickets';
const GRANT_TYPES = 'developer.zendesk.com: OAuth tokens for grant types';
const COMMON = 'common experience, in no document';
const API = 'developer.zendesk.com: responses of the ticketing API';

const INVALID_GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in ' +
  'the authorization request, or was issued to another client.';

/** One row for each group of causes. */
export const WIRE: readonly WireRow[] = [
  {
    id: 'refresh-token-dead',
    at: 'token',
    causes: [...REFRESH_TOKEN_DEAD, 'wrong-client'],
    produce: [{ refresh: 'forged' }],
    source: `${GRANT_TYPES}; the same words for every cause`,
    sureness: 'observed',
    answer: () => oauthError(400, 'invalid_grant', INVALID_GRANT),
  },
  {
    id: 'code-dead',
    at: 'token',
    causes: [...CODE_DEAD, 'redirect-mismatch', 'pkce-mismatch'],
    produce: [{ consent: {}, exchange: 'twice' }],
    source: `${GRANT_TYPES}; the words are those of refresh tokens`,
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_grant', INVALID_GRANT),
  },
  {
    id: 'grant-barred',
    at: 'token',
    causes: REFRESH_BARRED,
    produce: [{ act: 'restrict-service' }, { refresh: 'current' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(400, 'unauthorized_client', 'The client is not authorized to perform this request.'),
  },
  {
    id: 'bad-client',
    at: 'token',
    causes: CLIENT_REFUSED,
    produce: [{ refresh: 'forged', as: 'wrong-secret' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () =>
      oauthError(
        401,
        'invalid_client',
        'Client authentication failed due to unknown client, no client authentication included, or unsupported ' +
          'authentication method.',
      ),
  },
  {
    id: 'unsupported-grant-type',
    at: 'token',
    causes: ['unsupported-grant-type'],
    produce: [{ refresh: 'forged', grantType: 'implicit' }],
    source: 'RFC 6749 section 5.2',
    sureness: 'assumed',
    answer: () => oauthError(400, 'unsupported_grant_type', 'The authorization grant type is not supported.'),
  },
  {
    id: 'token-request-malformed',
    at: 'token',
    causes: ['missing-parameter'],
    produce: [{ refresh: 'missing' }],
    source: 'RFC 6749 section 5.2',
    sureness: 'assumed',
    answer: ({ detail }) => oauthError(400, 'invalid_request', `Missing required parameter: ${detail}.`),
  },
  {
    id: 'scope-exceeds',
    at: 'token',
    causes: ['scope-exceeds'],
    produce: [{ refresh: 'current', scope: 'impersonate' }],
    source: 'RFC 6749 section 5.2',
    sureness: 'assumed',
    answer: () => oauthError(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.'),
  },
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['expired', 'unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ act: 'end-sessions' }, { call: TICKETS }],
    source:
      'zendesk/zendesk_api_client_rb#297, fprimex/zdesk#58; the text itself says that it tells nothing apart',
    sureness: 'observed',
    answer: () =>
      oauthError(
        401,
        'invalid_token',
        'The access token provided is expired, revoked, malformed or invalid for other reasons.',
      ),
  },
  {
    id: 'no-token',
    at: 'resource',
    causes: ['no-token'],
    produce: [{ call: TICKETS, as: 'nobody' }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => json(401, { error: "Couldn't authenticate you" }),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: '/api/v2/organizations' }],
    source: COMMON,
    sureness: 'assumed',
    answer: ({ needsOneOf }) =>
      apiError(403, 'Forbidden', `You are missing the following required scopes: ${needsOneOf[0] ?? 'read'}`),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, { call: TICKETS }],
    source: 'facetoe/zenpy#336',
    sureness: 'observed',
    answer: () =>
      json(403, {
        error: {
          title: 'Forbidden',
          message:
            'You do not have access to this page. Please contact the account owner of this help desk for further help.',
        },
      }),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `${TICKETS}/1` }],
    source: `${API}; another account has another subdomain, and the mock knows each ticket under one id only`,
    sureness: 'documented',
    answer: () => apiError(404, 'RecordNotFound', 'Not found'),
  },
  {
    id: 'record-invalid',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: TICKETS, method: 'POST', body: { ticket: { subject: 'no comment' } } }],
    source: API,
    sureness: 'documented',
    answer: ({ detail, code }) =>
      code === null
        ? apiError(400, 'InvalidJSON', detail ?? 'The request body is not valid JSON.')
        : apiError(422, 'RecordInvalid', 'Record validation errors', {
            [code]: [{ description: detail ?? '', error: 'BlankValue' }],
          }),
  },
  {
    id: 'authorization-refused',
    at: 'authorize',
    causes: ['unknown-client', 'client-deleted', 'redirect-mismatch'],
    produce: [{ consent: { redirect_uri: 'https://elsewhere.example/' } }],
    source: COMMON,
    sureness: 'assumed',
    answer: () => page('Invalid Authorization Request'),
  },
];
