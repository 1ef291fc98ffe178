// The client credentials grant: one token of thirty days for the application itself, which the next one ends.

import type { AccountIdentity, ExtensionGrant, Variant } from '../../service.ts';
import { splitScope } from '../../token-request.ts';

const DAY_MS = 86_400_000;
const GRANT_TYPE = 'client_credentials';

/** The application that an account is. */
const clientIdOf = ({ id }: AccountIdentity) => `linear-client-${id}`;

const earn: ExtensionGrant = ({ request, fields, tokens }) => {
  const client = tokens.clientOf(request);
  if ('refused' in client) return client;
  const account = tokens.accounts().find((one) => clientIdOf(one) === client.id);
  if (account === undefined) return { refused: 'unknown-client' };
  const { scope = '' } = fields;
  return { account, scopes: scope === '' ? null : splitScope(scope), replaces: true };
};

/** The variant. */
export const clientCredentials: Variant = {
  title:
    'the application acts for itself by client_credentials: one token of thirty days, and no refresh token',
  status: 'real',
  source: 'linear.app/developers/oauth-2-0-authentication',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'fixed', ttlMs: 30 * DAY_MS },
      refresh: { kind: 'none' },
    },
    clientIdOf,
    extensionGrants: { [GRANT_TYPE]: earn },
    wire: service.wire.map((row) => {
      if (row.id === 'scope-exceeds')
        return {
          ...row,
          produce: [{ refresh: 'missing', grantType: GRANT_TYPE, scope: 'read admin' }],
        };
      return row.id === 'grant-type-not-enabled'
        ? { ...row, produce: [{ refresh: 'missing', grantType: 'password' }] }
        : row;
    }),
  }),
};
