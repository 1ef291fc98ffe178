// Atlassian's words where a call meets the gateway or Jira. A missing scope is a 401, as an expired token is.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { WireRow } from '../../service.ts';
import { gatewayError, jiraError } from './answers.ts';
import { cloudIdOf } from './ids.ts';

const HOUR_MS = 3_600_000;
// Recipes act for an account of this tenant; the other tenant there is globex.
const HERE = `/ex/jira/${cloudIdOf('acme')}/rest/api/3`;
const ELSEWHERE = `/ex/jira/${cloudIdOf('globex')}/rest/api/3`;

/** What the gateway and Jira say. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-refused',
    at: 'resource',
    causes: ['no-token', 'unknown-token', 'expired', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: HOUR_MS }, { call: `${HERE}/myself` }],
    source: 'common experience; the same words for every cause',
    sureness: 'assumed',
    answer: () => gatewayError(401, 'Unauthorized'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: `${HERE}/auditing/record` }],
    source: 'the body quoted in many public threads, as at community.developer.atlassian.com',
    sureness: 'observed',
    answer: () => gatewayError(401, 'Unauthorized; scope does not match'),
  },
  {
    id: 'site-of-others',
    at: 'resource',
    causes: ['other-tenant'],
    produce: [{ call: `${ELSEWHERE}/myself` }],
    source: 'common experience; body and status are not confirmed',
    sureness: 'assumed',
    answer: () => gatewayError(404, 'Not Found'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found'],
    produce: [{ call: `${HERE}/issue/OPS-999` }],
    source:
      'developer.atlassian.com/cloud/jira/platform/rest/v3: issues; for an unknown site as for one of others',
    sureness: 'documented',
    answer: ({ code }) =>
      code === 'site'
        ? gatewayError(404, 'Not Found')
        : jiraError(404, ['Issue does not exist or you do not have permission to see it.']),
  },
  {
    id: 'no-permission',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, { call: `${HERE}/myself` }],
    source:
      "developer.atlassian.com: Jira's 403 is about the user's permissions; the words are the mock's own",
    sureness: 'assumed',
    answer: () => jiraError(403, ['You do not have the permission to perform this operation.']),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: `${HERE}/issue`, method: 'POST', body: { fields: {} } }],
    source: 'developer.atlassian.com/cloud/jira/platform/rest/v3: error collection',
    sureness: 'documented',
    answer: ({ code, detail }) =>
      code === null
        ? jiraError(400, [detail ?? 'Bad request'])
        : jiraError(400, [], { [code]: detail ?? 'is invalid' }),
  },
];
