// The tenant in a path: `common` and its like for everybody, or one directory by id or domain.

import type { AccountIdentity, RefreshAsked, RefreshRead } from '../../service.ts';
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

/** Whether a tenant in a path means the directory of an account. */
const means = (tenant: string, { tenant: own }: AccountIdentity) =>
  FOR_ALL.includes(tenant) || [tenantIdOf(own), domainOf(own)].includes(tenant.toLowerCase());

/** Why a path has no endpoint: it names a tenant that is not there. */
export function endpointRefusal(path: string, accounts: readonly AccountIdentity[]) {
  const tenant = tenantIn(path);
  if (FOR_ALL.includes(tenant) || accounts.some((account) => means(tenant, account))) return null;
  return { refused: 'unknown-tenant', detail: tenant } as const;
}

/** What Entra makes of a refresh: is the user in the tenant, and which resource is the token for. */
export function readRefresh({ request, fields, account, granted }: RefreshAsked): RefreshRead {
  const tenant = tenantIn(request.path);
  if (!means(tenant, account)) return { refused: 'other-tenant', detail: tenant };
  return readScope(fields.scope ?? '', granted);
}
