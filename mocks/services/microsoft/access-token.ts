// Access tokens of Entra: signed, for one resource, with the end that the client may read but should not.

import type { JsonObject } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import { readableToken } from '../../readable-token.ts';
import type { AccountIdentity, Minted } from '../../service.ts';
import { SERVICE_ID } from './discovery.ts';
import { tenantIdOf, userIdOf, userNameOf } from './ids.ts';
import { audienceOf, resourceOf } from './resources.ts';

/** A token; `more` are claims beside the usual ones. */
export function mintAccess(
  randomness: Randomness,
  key: string,
  account: AccountIdentity,
  minted: Minted,
  more: JsonObject = {},
): string {
  const tenantId = tenantIdOf(account.tenant);
  const audience = audienceOf(minted.scopes);
  const scopes = minted.scopes.filter((scope) => resourceOf(scope) === audience);
  return readableToken(SERVICE_ID, minted, {
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    appid: minted.clientId,
    oid: userIdOf(account.id),
    scp: scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)).join(' '),
    tid: tenantId,
    upn: userNameOf(account),
    uti: randomness.chars(22, 'token', key),
    ver: '1.0',
    ...more,
  });
}
