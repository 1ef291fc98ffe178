// An app that speaks for itself: authorized by an administrator, without a user, and with nothing to refresh.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import type { Step } from '../../produce.ts';
import type { AccountIdentity, Service, WireRow } from '../../service.ts';
import type { TokenDesk } from '../../token-desk.ts';
import { oauthError } from './answers.ts';
import { API_WIRE } from './api-wire.ts';
import { enterpriseIdOf, userIdOf } from './ids.ts';
import { CLIENT_WIRE } from './oauth-wire.ts';

/** Whose token is asked for: a user's, or that of an enterprise's service account, here the first of its accounts. */
export function subjectOf(tokens: TokenDesk, type: unknown, id: unknown): AccountIdentity | null {
  const idOf = (account: AccountIdentity) =>
    type === 'user' ? userIdOf(account) : enterpriseIdOf(account.tenant);
  return tokens.accounts().find((account) => idOf(account) === id) ?? null;
}

/**
 * The service as such an app finds it. `ask` is a step that earns a token; `wire` are the words for what is wrong with
 * one that does not, in place of those with the same id.
 */
export function forServerApp(
  service: Service,
  how: {
    readonly ask: Step;
    readonly wire: readonly WireRow[];
    readonly extensionGrants: NonNullable<Service['extensionGrants']>;
  },
): Service {
  const { ask, wire, extensionGrants } = how;
  const replaced = wire.map(({ id }) => id);
  const kept = CLIENT_WIRE.filter(({ id }) => !replaced.includes(id)).map((row) =>
    row.id === 'grant-barred' ? { ...row, produce: [{ act: 'restrict-service' } as const, ask] } : row,
  );
  const notAuthorized: WireRow = {
    id: 'app-not-authorized',
    at: 'token',
    causes: ACCESS_TOKEN_ENDED,
    produce: [{ act: 'revoke-by-admin' }, ask],
    source: 'developer.box.com/guides/api-calls/permissions-and-errors/common-errors',
    sureness: 'documented',
    answer: () => oauthError('unauthorized_client', 'This app is not authorized by the enterprise admin'),
  };
  return {
    ...service,
    policy: { ...service.policy, refresh: { kind: 'none' }, rotation: 'none' },
    endpoints: { ...service.endpoints, authorize: [] },
    extensionGrants,
    // Nothing that happens to one user ends it.
    acts: {
      revoke: () => null,
      offboard: () => null,
      'change-password': () => null,
      'withdraw-consent': () => null,
      'require-reauth': () => null,
    },
    wire: [...kept, ...wire, notAuthorized, ...API_WIRE],
  };
}
