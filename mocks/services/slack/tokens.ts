// Slack's tokens and the answers that bring them: `xoxb-` for a bot, `xoxp-` for a person, `xoxe` where they rotate.

import type { Json } from '../../http.ts';
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

/** An answer's body in the making. */
type Body = Record<string, Json>;

/** Tells of the tokens themselves. */
export function tellTokens(body: Body, { access, refresh, expiresIn, scopes }: GrantedPair): Body {
  body.access_token = access.value;
  body.token_type = isPersons(access.value) ? 'user' : 'bot';
  body.scope = scopes.join(',');
  if (expiresIn !== null) body.expires_in = expiresIn;
  if (refresh !== null) body.refresh_token = refresh.value;
  return body;
}

/** Tells where the app is installed. */
export function tellInstallation(body: Body, { account, client }: Granted): Body {
  body.app_id = appIdOf(client.id);
  body.team = { name: account.tenant, id: teamIdOf(account.tenant) };
  body.enterprise = null;
  body.is_enterprise_install = false;
  return body;
}
