// Shopify's words where a call meets the Admin API: one sentence for every dead token, and refusals with a 200 in GraphQL.

import { ACCESS_TOKEN_ENDED, CALL_BARRED } from '../../causes.ts';
import type { Refused, WireRow } from '../../service.ts';
import { apiError, graphqlErrors } from './answers.ts';
import { costShown } from './graphql-cost.ts';
import { REST_CAPACITY, tooManyCalls } from './rest-limit.ts';
import { numericIdOf } from './shop.ts';

const DAY_MS = 86_400_000;
const ADMIN = '/admin/api/2026-07';
const PRODUCTS = `${ADMIN}/products.json`;
const GRAPHQL = ['graphql'];
const STATUSES = 'shopify.dev/docs/api/usage/response-codes';

const ask = (query: string) => ({ call: `${ADMIN}/graphql.json`, method: 'POST', body: { query } }) as const;
// Asks for far more than there is, so that each leaves nearly all it paid for, and yet the bucket empties.
const DEAR = ask(
  `{ ${['a', 'b', 'c'].map((key) => `${key}: products(first: 250) { nodes { id } }`).join(' ')} }`,
);
const DEAR_CALLS = 61;

function badRequest({ code, detail }: Refused) {
  if (code === null || code === 'limit' || code === 'page_info')
    return apiError(400, detail ?? 'Bad Request');
  return code === 'product'
    ? apiError(400, { product: detail })
    : apiError(422, { [code]: [detail ?? 'is invalid'] });
}

/** What the Admin API says. */
export const API_WIRE: readonly WireRow[] = [
  {
    id: 'access-token-dead',
    at: 'resource',
    causes: ['no-token', 'unknown-token', 'expired', ...ACCESS_TOKEN_ENDED],
    produce: [{ act: 'revoke' }, { call: PRODUCTS }],
    source:
      'gnikyt/laravel-shopify#1042, Kyon147/laravel-shopify#493: expired, uninstalled and garbled tokens alike',
    sureness: 'observed',
    answer: () =>
      apiError(401, '[API] Invalid API key or access token (unrecognized login or wrong password)'),
  },
  {
    id: 'scope-missing',
    at: 'resource',
    causes: ['scope-missing'],
    produce: [{ call: `${ADMIN}/orders.json` }],
    source: 'gnikyt/laravel-shopify#190',
    sureness: 'observed',
    answer: ({ needsOneOf }) =>
      apiError(403, `[API] This action requires merchant approval for ${needsOneOf[0]} scope.`),
  },
  {
    id: 'shop-frozen',
    at: 'resource',
    causes: ['service-restricted', 'org-without-api'],
    produce: [{ act: 'restrict-service' }, { call: PRODUCTS }],
    source: `${STATUSES}: 402; the body is a guess`,
    sureness: 'documented',
    answer: () => apiError(402, 'Unavailable Shop'),
  },
  {
    id: 'forbidden',
    at: 'resource',
    causes: CALL_BARRED.filter((cause) => cause !== 'service-restricted' && cause !== 'org-without-api'),
    produce: [{ act: 'deny-by-policy' }, { call: PRODUCTS }],
    source: `${STATUSES}: 403; the body is a guess`,
    sureness: 'assumed',
    answer: () => apiError(403, '[API] This app is not permitted to perform this action.'),
  },
  {
    id: 'not-found',
    at: 'resource',
    causes: ['not-found', 'other-tenant'],
    produce: [{ call: `${ADMIN}/products/${numericIdOf('globex', 'product', 1)}.json` }],
    source: `${STATUSES}: 404; what another shop holds is not there`,
    sureness: 'documented',
    answer: () => apiError(404, 'Not Found'),
  },
  {
    id: 'bad-request',
    at: 'resource',
    causes: ['bad-request'],
    produce: [{ call: PRODUCTS, method: 'POST', body: { product: { vendor: 'nobody' } } }],
    source: `${STATUSES}: 400 and 422`,
    sureness: 'documented',
    answer: badRequest,
  },
  {
    id: 'too-many-calls',
    at: 'resource',
    causes: ['rate-limited'],
    produce: Array.from({ length: REST_CAPACITY + 1 }, () => ({ call: PRODUCTS })),
    source: 'shopify.dev/docs/api/admin-rest/usage/rate-limits; the words: common experience',
    sureness: 'documented',
    answer: ({ detail }) => tooManyCalls(Number(detail)),
  },
  {
    id: 'graphql-access-denied',
    at: 'resource',
    routes: GRAPHQL,
    causes: ['scope-missing'],
    produce: [ask('{ orders(first: 5) { nodes { id } } }')],
    source: 'shopify.dev/changelog/new-error-messages-for-graphql-operations-without-necessary-access-scopes',
    sureness: 'documented',
    answer: ({ code, detail }) => {
      const requiredAccess = `\`${detail}\` access scope.`;
      const documentation = 'https://shopify.dev/api/usage/access-scopes';
      const message = `Access denied for ${code} field. Required access: ${requiredAccess}`;
      const extensions = { code: 'ACCESS_DENIED', documentation, requiredAccess };
      return graphqlErrors([{ message, path: [code ?? ''], extensions }], { data: null });
    },
  },
  {
    id: 'graphql-throttled',
    at: 'resource',
    routes: GRAPHQL,
    causes: ['rate-limited'],
    produce: Array.from({ length: DEAR_CALLS }, () => DEAR),
    source: 'shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits; gnikyt/Basic-Shopify-API#90',
    sureness: 'documented',
    answer: ({ code, detail }) => {
      const documentation = 'https://shopify.dev/api/usage/rate-limits';
      const error = { message: 'Throttled', extensions: { code: 'THROTTLED', documentation } };
      return graphqlErrors([error], { extensions: costShown(Number(code), null, Number(detail)) });
    },
  },
  {
    id: 'graphql-invalid',
    at: 'resource',
    routes: GRAPHQL,
    causes: ['bad-request'],
    produce: [ask('{ shop { name ')],
    source: 'errors of GraphQL itself are a 200, too; MAX_COST_EXCEEDED is documented with the rate limits',
    sureness: 'assumed',
    answer: ({ code, detail }) =>
      graphqlErrors([{ message: detail ?? '', ...(code === null ? {} : { extensions: { code } }) }]),
  },
];

/** What a public app hears whose tokens never expire, once that is over. */
export const NON_EXPIRING_REFUSED: WireRow = {
  id: 'non-expiring-refused',
  at: 'resource',
  causes: ['reauth-required'],
  produce: [{ advanceMs: 400 * DAY_MS }, { call: PRODUCTS }],
  source: 'gh.composio.io/ComposioHQ/mercury/pulls/22964, of apps made since 2026-04-01',
  sureness: 'observed',
  answer: () =>
    apiError(
      403,
      '[API] Non-expiring access tokens are no longer accepted for the Admin API. Start using expiring offline tokens.',
    ),
};
