// `oauth.v2.exchange`: where rotation was turned on after the installation, its long-lived token becomes a pair.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import type { Call, Handled, Variant, WireRow } from '../../service.ts';
import { failed, ok } from './answers.ts';
import { routesOf, text } from './methods.ts';
import { teamIdOf } from './workspace.ts';

const NAME = 'oauth.v2.exchange';
const SOURCE = 'docs.slack.dev/authentication/using-token-rotation';

const EXCHANGE = routesOf({
  name: NAME,
  needsOneOf: [],
  effect: 'write',
  auth: 'none',
  run: (args, call) => {
    const token = text(args, 'token');
    return token === null ? { refused: 'bad-request' } : exchange(token, call);
  },
});

function exchange(token: string, { tokens, request, nowMs }: Call): Handled {
  const pair = tokens.makeRefreshable(token, request);
  if ('refused' in pair) return pair;
  const { access, refresh, account } = pair;
  const { expiresAtMs, scopes } = access.token;
  const expiresIn = expiresAtMs === null ? {} : { expires_in: Math.round((expiresAtMs - nowMs) / 1000) };
  return {
    account,
    answer: ok({
      access_token: access.value,
      token_type: 'bot',
      scope: scopes.join(','),
      ...expiresIn,
      refresh_token: refresh.value,
      team: { name: account.tenant, id: teamIdOf(account.tenant) },
    }),
  };
}

const REFUSED: WireRow = {
  id: 'exchange-refused',
  at: 'resource',
  routes: EXCHANGE.map(({ id }) => id),
  causes: [...ACCESS_TOKEN_ENDED, 'unknown-token', 'expired', 'not-refreshable', 'wrong-client'],
  produce: [{ call: `/api/${NAME}?token=never-minted`, method: 'POST', as: 'nobody' }],
  source: `${SOURCE} names the method; its errors are a guess`,
  sureness: 'assumed',
  answer: ({ cause }) => failed(cause === 'not-refreshable' ? 'token_already_exchanged' : 'invalid_auth'),
};

/** The variant: as `before`, until the exchange turns it into the service itself. */
export const exchangeable = (before: Variant): Variant => ({
  title:
    'rotation was turned on after the installation: its long-lived token can be exchanged, once, for a pair',
  status: 'real',
  source: SOURCE,
  apply: (service) => {
    const longLived = before.apply(service);
    return {
      ...longLived,
      policy: { ...longLived.policy, refreshableAs: service.policy },
      wire: [...longLived.wire, REFUSED],
      routes: [...service.routes, ...EXCHANGE],
    };
  },
});
