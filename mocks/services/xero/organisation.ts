// The organisation that a call names in a header: a grant opens those that are connected to the app, and no other.

import type { JsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';

/** The header that names it. */
export const TENANT_HEADER = 'xero-tenant-id';

/** The path of a route of the accounting API. */
export const accounting = (path: string): string => `/api.xro/2.0${path}`;

/** Lets a call through that names an organisation of its grant. */
export function forOrganisation(handle: (call: Call, connection: JsonObject) => Handled): Route['handle'] {
  return (call) => {
    const tenantId = call.request.headers[TENANT_HEADER];
    if (tenantId === undefined) return { refused: 'missing-parameter', detail: TENANT_HEADER };
    const connection = call
      .data('connections')
      .list()
      .find((candidate) => candidate.tenantId === tenantId);
    return connection === undefined ? { refused: 'other-tenant' } : handle(call, connection);
  };
}
