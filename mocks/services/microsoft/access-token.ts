// Access tokens of Entra: signed, for one resource, with the end that the client may read but should not.

import type { JsonObject } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import { readableToken } from '../../readable-token.ts';
import type { AccountIdentity, Minted } from '../../service.ts';
import { SERVICE_ID } from './discovery.ts';
import { tenantIdOf, userIdOf, userNameOf } from './ids.ts';
import { audienceOf, namesIn } from './resources.ts';

/** A token; `more` are claims beside the usual ones. */
export function mintAccess(
  randomness: Randomness,
  key: string,
  account: AccountIdentity,
  minted: Minted,
  more: JsonObject = {},
): string {
  const tenantId = tenantIdOf(account.tenant);
  return readableToken(SERVICE_ID, minted, {
    aud: audienceOf(minted.scopes),
    iss: `https://sts.windows.net/${tenantId}/`,
    appid: minted.clientId,
    oid: userIdOf(account.id),
    scp: namesIn(minted.scopes),
    tid: tenantId,
    upn: userNameOf(account),
    uti: randomness.chars(22, 'token', key),
    ver: '1.0',
    ...more,
  });
}
