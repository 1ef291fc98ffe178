// Online tokens: for the session of one member of the staff, without a refresh token, and with a word on who it is.

import { type JsonObject, parseForm, parseJsonObject, type Request } from '../../http.ts';
import type { AccountIdentity, Granted } from '../../service.ts';
import { shopDomainOf, userIdOf } from './shop.ts';

/** What a token exchange asks for by `requested_token_type`. */
export const ONLINE = 'urn:shopify:params:oauth:token-type:online-access-token';

/** How long an online token lives. */
export const ONLINE_MS = 24 * 60 * 60_000;

/** Whether a token request asks for an online token, as JSON or as a form. */
export const asksOnline = ({ body }: Request): boolean =>
  (parseJsonObject(body) ?? parseForm(body)).requested_token_type === ONLINE;

/** What the answer with an online token says of the user. */
export const onlineFields = ({ account, scopes }: Granted): JsonObject => ({
  associated_user_scope: scopes.join(','),
  associated_user: userShown(account),
});

const userShown = (account: AccountIdentity): JsonObject => ({
  id: Number(userIdOf(account)),
  first_name: 'Sam',
  last_name: 'Staff',
  email: `${account.id}@${shopDomainOf(account.tenant)}`,
  account_owner: false,
  locale: 'en',
  collaborator: false,
  email_verified: true,
});
