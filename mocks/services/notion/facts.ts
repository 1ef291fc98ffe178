// What is known of Notion beyond its answers to refusals: the knobs, and the trouble that only faults bring.

import type { Service } from '../../service.ts';

/** The facts, one by one. */
export const FACTS: Service['facts'] = [
  {
    about: 'access token lifetime',
    says: 'no answer states one, and none is documented; the mock lets tokens live without an end',
    source: '@notionhq/client 5.26 (OauthTokenResponse has no expires_in)',
    sureness: 'observed',
  },
  {
    about: 'rotation',
    says: 'a refresh generates a new access token and a new refresh token',
    source: 'developers.notion.com/reference/refresh-a-token',
    sureness: 'documented',
  },
  {
    about: 'the old tokens',
    says: 'the old refresh token is dead at once without harm to its successor; the old access token lives on',
    source: 'Notion does not document it',
    sureness: 'assumed',
  },
  {
    about: 'refresh token lifetime',
    says: 'no end by itself',
    source: 'Notion does not document one',
    sureness: 'assumed',
  },
  {
    about: 'success',
    says: 'token_type bearer, refresh_token a string or null, bot_id, workspace_*, owner; no scope',
    source: '@notionhq/client 5.26 (OauthTokenResponse)',
    sureness: 'observed',
  },
  {
    about: 'client authentication',
    says: 'by Basic, which is required; the body is JSON, and the mock, as Notion says nothing of other ones, takes a form too',
    source: 'developers.notion.com/reference/create-a-token',
    sureness: 'documented',
  },
  {
    about: 'capabilities',
    says: 'what an app may do is a set of capabilities (read, insert, update content, read users), not scopes',
    source: 'developers.notion.com/reference/capabilities; the names here are chosen by the mock',
    sureness: 'documented',
  },
  {
    about: 'revocation',
    says:
      'only the client may ask for it; revoking one token leaves the others alone; the answer of the mock carries no ' +
      'request_id',
    source: 'developers.notion.com/reference/revoke-token: Basic; what it takes with it is a guess',
    sureness: 'assumed',
  },
  {
    about: 'rate limit',
    says: '429 rate_limited with Retry-After; three requests a second on average, counted here as 180 a minute',
    source: 'developers.notion.com/reference/request-limits',
    sureness: 'documented',
  },
  {
    about: 'passing trouble',
    says: '409 conflict_error, 500 internal_server_error, 503 service_unavailable, 504 gateway_timeout',
    source: 'developers.notion.com/reference/status-codes',
    sureness: 'documented',
  },
];
