// Slack's tokens and the answers that bring them: `xoxb-` for a bot, `xoxp-` for a person, `xoxe` where they rotate.

import type { JsonObject } from '../../http.ts';
import type { Granted, GrantedPair, Service } from '../../service.ts';
import { appIdOf, teamIdOf } from './workspace.ts';

/** Mints the access tokens of a bot (`b`) or of a person (`p`), and a person's beside a bot's. One that never expires looks otherwise. */
export const minting =
  (usual: 'b' | 'p'): Service['mintAccess'] =>
  (randomness, key, _account, { expiresAtMs, beside = false }) => {
    const kind = beside ? 'p' : usual;
    return expiresAtMs === null
      ? `xox${kind}-${randomness.chars(50, 'token', key)}`
      : `xoxe.xox${kind}-1-${randomness.chars(140, 'token', key)}`;
  };

/** Whether a token is a person's: its first letters say so. */
export const isPersons = (token: string): boolean =>
  token.startsWith('xoxe.xoxp-') || token.startsWith('xoxp-');

/** The fields that tell of the tokens themselves. */
export const tokenFields = ({ access, refresh, expiresIn, scopes }: GrantedPair) => ({
  access_token: access.value,
  token_type: isPersons(access.value) ? 'user' : 'bot',
  scope: scopes.join(','),
  ...(expiresIn === null ? {} : { expires_in: expiresIn }),
  ...(refresh === null ? {} : { refresh_token: refresh.value }),
});

/** The fields that tell where the app is installed. */
export const installationFields = ({ account, client }: Granted): JsonObject => ({
  app_id: appIdOf(client.id),
  team: { name: account.tenant, id: teamIdOf(account.tenant) },
  enterprise: null,
  is_enterprise_install: false,
});
