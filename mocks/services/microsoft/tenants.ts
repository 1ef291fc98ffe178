// The tenant in a path: `common` and its like for everybody, or one directory by id or domain.

import type { RefreshAsked, RefreshRead } from '../../service.ts';
import { domainOf, tenantIdOf } from './ids.ts';
import { readScope } from './resources.ts';

const FOR_ALL = ['common', 'organizations', 'consumers'];
const ENDPOINT = /^\/([^/]+)\/oauth2\/v2\.0\/(token|authorize)$/;

/** The path of the endpoint that a path with any tenant means. */
export function endpointPath(path: string): string | null {
  const endpoint = ENDPOINT.exec(path)?.[2];
  return endpoint === undefined ? null : `/common/oauth2/v2.0/${endpoint}`;
}

/** The tenant that a path names. */
export const tenantIn = (path: string): string => path.split('/', 2)[1] ?? '';

/** What Entra makes of a refresh: is the tenant there and the user in it, and which resource is the token for. */
export function readRefresh({ request, fields, account, accounts, granted }: RefreshAsked): RefreshRead {
  const tenant = tenantIn(request.path);
  const names = (of: string) => [tenantIdOf(of), domainOf(of)].includes(tenant.toLowerCase());
  if (!FOR_ALL.includes(tenant) && !names(account.tenant)) {
    const exists = accounts.some((other) => names(other.tenant));
    return { refused: exists ? 'other-tenant' : 'unknown-tenant', detail: tenant };
  }
  return readScope(fields.scope ?? '', granted);
}
