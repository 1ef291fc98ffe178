// Linear's words where a call meets the GraphQL API.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import { type JsonObject, json } from '../../http.ts';
import { retryAfter } from '../../retry-after.ts';
import type { Refused, WireRow } from '../../service.ts';
import { graphqlError } from './errors.ts';
import { issueIdOf } from './seed.ts';

const DAY_MS = 86_400_000;

const ask = (query: string, variables: JsonObject = {}) =>
  ({ call: '/graphql', method: 'POST', body: { query, variables } }) as const;
const VIEWER = ask('{ viewer { id } }');

/** The requests that a busy application has left in an hour. */
export const CALLS_WHEN_BUSY = 20;

const said =
  (status: number) =>
  ({ cause, detail }: Refused) =>
    json(status, { errors: [graphqlError(cause, detail)] });

/** What the resource server says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'not-authenticated',
    at: 'resource',
    causes: [...ACCESS_TOKEN_ENDED, 'expired', 'no-token', 'unknown-token', 'evicted'],
    produce: [{ advanceMs: 4000 * DAY_MS }, VIEWER],
    source: 'answers quoted in public issue threads: expired, revoked and garbled tokens alike',
    sureness: 'observed',
    answer: said(401),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [ask('{ auditEntries { nodes { id } } }')],
    source: 'answers quoted in public issue threads; some report 403',
    sureness: 'observed',
    answer: said(400),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: CALL_BARRED,
    produce: [{ act: 'deny-by-policy' }, VIEWER],
    source: '@linear/sdk 98.0.0: 403 is a ForbiddenLinearError; the message is a guess',
    sureness: 'assumed',
    answer: said(403),
  },
  {
    id: 'entity-not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [
      {
        ...ask('query One($id: String!) { issue(id: $id) { title } }', { id: issueIdOf('acme', 1) }),
        as: 'second',
      },
    ],
    source: 'answers quoted in public issue threads; the status is 200 or 400',
    sureness: 'observed',
    answer: said(200),
  },
  {
    id: 'invalid-input',
    at: 'resource',
    causes: ['bad-request'],
    produce: [ask('{ viewer ')],
    source: "@linear/sdk 98.0.0: invalid input; the messages are the mock's own",
    sureness: 'assumed',
    answer: said(400),
  },
  {
    id: 'ratelimited',
    at: 'resource',
    causes: ['rate-limited'],
    under: 'busy',
    produce: Array.from({ length: CALLS_WHEN_BUSY + 1 }, () => VIEWER),
    source: '@linear/sdk 98.0.0; the status is 400 or 429, and the message is a guess',
    sureness: 'observed',
    answer: (refused) => {
      const { status, body, headers } = said(400)(refused);
      return { status, body, headers: { ...headers, ...retryAfter(refused) } };
    },
  },
];
