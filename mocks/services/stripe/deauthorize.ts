// Connect's own way to disconnect an account: the platform names it, and every grant of it to the platform ends.

import { CLIENT_REFUSED } from '../../causes.ts';
import { parseForm } from '../../http.ts';
import type { Call, Handled, Route, WireRow } from '../../service.ts';
import { accountIdOf } from './account.ts';
import { oauthError, success } from './answers.ts';

const PATH = '/oauth/deauthorize';
const REFERENCE = 'docs.stripe.com/connect/oauth-reference';
const ASK = {
  call: PATH,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
} as const;

/** The route. */
export const DEAUTHORIZE: Route = {
  id: 'oauth.deauthorize',
  method: 'POST',
  path: PATH,
  auth: 'none',
  needsOneOf: [],
  effect: 'write',
  handle: deauthorize,
};

function deauthorize(call: Call): Handled {
  const refused = call.tokens.refusalOfClient(call.request);
  if (refused !== null) return { refused };
  const { stripe_user_id: named = '' } = parseForm(call.request.body);
  const accounts = call.tokens.accounts().filter(({ tenant }) => accountIdOf(tenant) === named);
  const ended = accounts.filter((account) => call.tokens.endGrants(account));
  const [account] = ended;
  return account === undefined
    ? { refused: 'not-found', detail: named }
    : { answer: success(call, { stripe_user_id: named }), account };
}

/** What the endpoint says. */
export const DEAUTHORIZE_WIRE: readonly WireRow[] = [
  {
    id: 'deauthorization-bad-client',
    at: 'resource',
    routes: [DEAUTHORIZE.id],
    causes: CLIENT_REFUSED,
    produce: [{ ...ASK, as: 'nobody', body: 'client_id=ca_nobody' }],
    source: `${REFERENCE}; the sentence is a guess`,
    sureness: 'assumed',
    answer: (refused) =>
      oauthError(
        refused,
        401,
        'invalid_client',
        refused.cause === 'wrong-secret' ? 'Invalid API key provided.' : 'No such application.',
      ),
  },
  {
    id: 'deauthorization-of-stranger',
    at: 'resource',
    routes: [DEAUTHORIZE.id],
    causes: ['not-found'],
    produce: [{ ...ASK, as: 'client', body: 'stripe_user_id=acct_nobody' }],
    source: 'stripe-ruby, InvalidClientError; the sentence is quoted in public',
    sureness: 'observed',
    answer: (refused) =>
      oauthError(
        refused,
        401,
        'invalid_client',
        `This application is not connected to stripe account ${refused.detail}, or that account does not exist.`,
      ),
  },
];
