// What Atlassian did before, and what is widely said of it.

import type { Variant } from '../../service.ts';
import { withAnswer, withPolicy } from '../../variant.ts';
import { gatewayError, oauthError } from './answers.ts';

const DAY_MS = 86_400_000;
const ANNOUNCEMENT = 'community.developer.atlassian.com/t/50348: deprecating persistent refresh tokens';

/** The variants. */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'thirty-days': {
    title: 'a refresh token lives for thirty days, as the change to rotating ones was first announced',
    status: 'real',
    source: ANNOUNCEMENT,
    apply: (service) => withPolicy(service, { refresh: { kind: 'fixed', ttlMs: 30 * DAY_MS } }),
  },
  persistent: {
    title: 'one refresh token for ever, as before 2022',
    status: 'real',
    source: ANNOUNCEMENT,
    apply: (service) =>
      withPolicy(service, {
        refresh: { kind: 'unlimited' },
        rotation: 'none',
        graceMs: 0,
        oldAccess: 'lives-on',
      }),
  },
  'older-words': {
    title: 'a dead refresh token is called an unauthorized client',
    status: 'real',
    source: 'answers quoted in older public threads',
    apply: (service) =>
      withAnswer(service, 'refresh-token-dead', () =>
        oauthError(403, 'unauthorized_client', 'refresh_token is invalid'),
      ),
  },
  'no-leeway': {
    title: 'the old refresh token and its access token are dead the moment that the new ones are handed out',
    status: 'claimed',
    source: 'integration guides: expect old access tokens to stop working after a refresh',
    apply: (service) => withPolicy(service, { graceMs: 0, oldAccess: 'dies' }),
  },
  'scope-403': {
    title: 'a missing scope is a 403',
    status: 'claimed',
    source: 'integration guides that tell 401 and 403 apart as RFC 6750 does',
    apply: (service) =>
      withAnswer(service, 'scope-missing', () => gatewayError(403, 'Forbidden; scope does not match')),
  },
};
